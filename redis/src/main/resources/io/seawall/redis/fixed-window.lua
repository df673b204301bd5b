-- The fixed window, for both ways of beginning it; twin of io.seawall.ratelimit.FixedWindow: its
-- story is told there.
--
-- State: a mark, when the window began, and the permits taken in it.
do
  local MARK = 163
  local FORMAT = '<Bdd'
  local LENGTH = 17

  -- When the window begins in which something is taken now: at a multiple of its length, or with a first request now.
  local function start_of(window, now, tag)
    return tag == 'ff' and now or floor(now / window) * window
  end

  -- When the window began and what is used in it, and whether it was moved to the present. Nil if this is none of ours.
  local function read(text, window, now, tag)
    if #text ~= LENGTH or string.byte(text) ~= MARK then
      return nil
    end
    local _, start, used = struct.unpack(FORMAT, text)
    if now >= start + window then
      return now, 0, false
    elseif start - now > window then
      return start_of(window, now, tag), used, true
    end
    return start, used, false
  end

  local function take(text, permits, window, _, now, cost, times, tag)
    local start, used, is_moved = now, 0, false
    if text then
      start, used, is_moved = read(text, window, now, tag)
      if not start then
        return nil
      end
    end
    local granted = min(times, floor(max(0, permits - used) / cost))
    local new, ends_as_before
    if granted > 0 or is_moved then
      if used == 0 then
        start = start_of(window, now, tag)
      else
        ends_as_before = not is_moved
      end
      used = used + granted * cost
      new = struct.pack(FORMAT, MARK, start, used)
    end
    local remaining = max(0, permits - used)
    local rest = start + window - now
    return granted,
      cost > permits and NEVER or remaining >= cost and 0 or rest,
      remaining,
      permits == 0 and NEVER or remaining > 0 and 0 or rest,
      used == 0 and 0 or rest,
      new,
      ends_as_before
  end

  local function free(text, permits, window, _, now, tag)
    if not text then
      return permits
    end
    local start, used = read(text, window, now, tag)
    return start and max(0, permits - used)
  end

  local function refund(text, _, window, _, now, cost, charged_at, tag)
    if not text then
      return nil
    end
    local start, used, is_new = read(text, window, now, tag)
    if used > 0 and start <= charged_at and charged_at < start + window then
      used, is_new = max(0, used - cost), true
    end
    return is_new and struct.pack(FORMAT, MARK, start, used) or nil, used == 0 and 0 or start + window - now
  end

  local fixed_window = { take = take, free = free, refund = refund }
  algorithms['fw'] = fixed_window
  algorithms['ff'] = fixed_window
end
