-- The token bucket, twin of io.seawall.ratelimit.TokenBucket: its story is told there.
--
-- State: a mark, the level, the parts of a permit that it is counted in, and the time since when it is so.
do
  local MARK = 162
  local FORMAT = '<Bddd'
  local LENGTH = 25

  local function greatest_common_divisor(a, b)
    while b > 0 do
      a, b = b, a % b
    end
    return a
  end

  -- Parts of a permit that flow out in a microsecond, and parts that a permit has.
  local function rate(permits, window)
    local divisor = greatest_common_divisor(max(1, permits), window)
    return max(1, permits) / divisor, window / divisor
  end

  -- So many permits in parts of them. Of a limit that granted more, they may be more than can be counted.
  local function parts(permits, unit)
    return min(MAX, permits * unit)
  end

  -- Rounded up, in the same floating-point operations as in Java.
  local function converted(level, old_unit, unit)
    local permits = floor(level / old_unit)
    local part = level % old_unit / old_unit
    return min(MAX, parts(permits, unit) + ceil(part * unit))
  end

  -- One that was changed with the permits may be more than can be counted.
  local function capacity(permits, burst, unit)
    return permits == 0 and 0 or min(burst, floor(MAX / unit))
  end

  -- The level now, since when it is so, later than now if the clock has gone back, and whether it was moved to the present. Nil if
  -- this is none of ours.
  local function read(text, flow, unit, burst, now)
    if #text ~= LENGTH or string.byte(text) ~= MARK then
      return nil
    end
    local _, level, old_unit, since = struct.unpack(FORMAT, text)
    if old_unit ~= unit then
      level = converted(level, old_unit, unit)
    end
    local elapsed = now - since
    if elapsed >= 0 then
      return elapsed >= ceil(level / flow) and 0 or level - elapsed * flow, now, false
    elseif -elapsed > ceil(burst * unit / flow) then
      return level, now, true
    end
    return level, since, false
  end

  local function write(level, unit, since)
    return struct.pack(FORMAT, MARK, level, unit, since)
  end

  local function wait_for(cost, burst, level, since, flow, unit, now)
    if cost > burst then
      return NEVER
    end
    local excess = level - (burst - cost) * unit
    return excess <= 0 and 0 or since - now + ceil(excess / flow)
  end

  local function free_of(burst, level, unit)
    return max(0, floor((burst * unit - level) / unit))
  end

  local function take(text, permits, window, burst, now, cost, times)
    local flow, unit = rate(permits, window)
    burst = capacity(permits, burst, unit)
    local level, since, is_moved = 0, now, false
    if text then
      level, since, is_moved = read(text, flow, unit, burst, now)
      if not level then
        return nil
      end
    end
    local granted = min(times, floor(free_of(burst, level, unit) / cost))
    local new
    if granted > 0 or is_moved then
      if level == 0 then
        since = now
      end
      level = level + granted * cost * unit
      new = write(level, unit, since)
    end
    local remaining = free_of(burst, level, unit)
    return granted,
      wait_for(cost, burst, level, since, flow, unit, now),
      remaining,
      remaining > 0 and 0 or wait_for(1, burst, level, since, flow, unit, now),
      level == 0 and 0 or since - now + ceil(level / flow),
      new,
      false
  end

  local function free(text, permits, window, burst, now)
    local flow, unit = rate(permits, window)
    burst = capacity(permits, burst, unit)
    if not text then
      return burst
    end
    local level = read(text, flow, unit, burst, now)
    return level and free_of(burst, level, unit)
  end

  local function refund(text, permits, window, burst, now, cost, charged_at)
    if not text then
      return nil
    end
    local flow, unit = rate(permits, window)
    local level, since, is_new = read(text, flow, unit, capacity(permits, burst, unit), now)
    local elapsed = max(0, now - charged_at)
    local taken = parts(cost, unit)
    if level > 0 and elapsed < ceil(taken / flow) then
      level, is_new = max(0, level - (taken - elapsed * flow)), true
    end
    return is_new and write(level, unit, since) or nil, level == 0 and 0 or since - now + ceil(level / flow)
  end

  algorithms['tb'] = { take = take, free = free, refund = refund }
end
