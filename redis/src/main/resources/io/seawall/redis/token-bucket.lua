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

  -- So many permits in parts of them. Of a limit that granted more, they may be more than can be counted.
  local function parts(state, permits)
    return min(MAX, permits * state.unit)
  end

  -- Rounded up, in the same floating-point operations as in Java.
  local function converted(state, level, old_unit)
    local permits = floor(level / old_unit)
    local part = level % old_unit / old_unit
    return min(MAX, parts(state, permits) + ceil(part * state.unit))
  end

  -- How long the level will stay as it is, since the clock has gone back.
  local function standing(state, now)
    return max(0, state.since - now)
  end

  local function read(text, permits, window, burst, now)
    local divisor = greatest_common_divisor(max(1, permits), window)
    local unit = window / divisor
    local flow = max(1, permits) / divisor
    local state = {
      unit = unit,
      flow = flow,
      -- One that was changed with the permits may be more than can be counted.
      burst = permits == 0 and 0 or min(burst, floor(MAX / unit)),
      level = 0,
      since = now,
    }
    if not text then
      return state
    end
    if #text ~= LENGTH or string.byte(text) ~= MARK then
      return nil
    end
    local _, level, old_unit, since = struct.unpack(FORMAT, text)
    if old_unit ~= unit then
      level = converted(state, level, old_unit)
    end
    local elapsed = now - since
    if elapsed >= 0 then
      state.level = elapsed >= ceil(level / flow) and 0 or level - elapsed * flow
    else
      state.level = level
      if -elapsed > ceil(state.burst * unit / flow) then
        state.must_be_written = true
      else
        state.since = since
      end
    end
    return state
  end

  local function retry_after(state, now, cost)
    if cost > state.burst then
      return NEVER
    end
    local excess = state.level - (state.burst - cost) * state.unit
    return excess <= 0 and 0 or standing(state, now) + ceil(excess / state.flow)
  end

  local function charge(state, now, cost)
    if state.level == 0 then
      state.since = now
    end
    state.level = state.level + cost * state.unit
  end

  local function refund(state, now, cost, charged_at)
    local elapsed = max(0, now - charged_at)
    local taken = parts(state, cost)
    if state.level > 0 and elapsed < ceil(taken / state.flow) then
      state.level = max(0, state.level - (taken - elapsed * state.flow))
      state.must_be_written = true
    end
  end

  local function remaining(state)
    return max(0, floor((state.burst * state.unit - state.level) / state.unit))
  end

  local function reset_after(state, now)
    return state.level == 0 and 0 or standing(state, now) + ceil(state.level / state.flow)
  end

  local function write(state)
    return struct.pack(FORMAT, MARK, state.level, state.unit, state.since)
  end

  algorithms['tb'] = {
    read = read,
    retry_after = retry_after,
    charge = charge,
    refund = refund,
    remaining = remaining,
    reset_after = reset_after,
    write = write,
  }
end
