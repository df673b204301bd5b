-- The fixed window, for both ways of beginning it; twin of io.seawall.ratelimit.FixedWindow: its
-- story is told there.
--
-- State: a mark, when the window began, and the permits taken in it.
do
  local MARK = 163
  local FORMAT = '<Bdd'
  local LENGTH = 17

  -- When the window begins in which something is taken now: at a multiple of its length, or with a first request now.
  local function start_of(state, now)
    return state.from_first and now or floor(now / state.window) * state.window
  end

  local function read(text, permits, window, burst, now, tag)
    local state = {
      permits = permits,
      window = window,
      from_first = tag == 'ff',
      start = now,
      used = 0,
    }
    if not text then
      return state
    end
    if #text ~= LENGTH or string.byte(text) ~= MARK then
      return nil
    end
    local _, start, used = struct.unpack(FORMAT, text)
    if now < start + window then
      state.start, state.used = start, used
      if start - now > window then
        state.start = start_of(state, now)
        state.must_be_written = true
      end
    end
    return state
  end

  local function retry_after(state, now, cost)
    if cost > state.permits then
      return NEVER
    end
    return state.used <= state.permits - cost and 0 or state.start + state.window - now
  end

  local function charge(state, now, cost)
    if state.used == 0 then
      state.start = start_of(state, now)
    end
    state.used = state.used + cost
  end

  local function refund(state, now, cost, charged_at)
    local in_this_window = state.start <= charged_at and charged_at < state.start + state.window
    if state.used > 0 and in_this_window then
      state.used = max(0, state.used - cost)
      state.must_be_written = true
    end
  end

  local function remaining(state)
    return max(0, state.permits - state.used)
  end

  local function reset_after(state, now)
    return state.used == 0 and 0 or state.start + state.window - now
  end

  local function write(state)
    return struct.pack(FORMAT, MARK, state.start, state.used)
  end

  local fixed_window = {
    read = read,
    retry_after = retry_after,
    charge = charge,
    refund = refund,
    remaining = remaining,
    reset_after = reset_after,
    write = write,
  }
  algorithms['fw'] = fixed_window
  algorithms['ff'] = fixed_window
end
