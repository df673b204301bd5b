-- The exact sliding window, twin of io.seawall.ratelimit.SlidingWindow: its story is told there.
--
-- State: a mark; permits in use; the newest slice and the permits taken in it; how many slices before it the oldest one is, a
-- byte. Then the slices from the oldest to the one before the newest, as tokens: a byte of 0 to 127 is a slice and the permits
-- taken in it; 128 + n says that nothing was taken in n slices; 192 to 194 is a slice whose permits follow, as a number of 2, 4
-- or 8 bytes.
--
-- So slices leave at the front and come at the end, and those between need not be read: a decision costs the same however many
-- there are. 100/60s takes 86 bytes at most, any other limit 593.
do
  local SLICES_PER_WINDOW = 60

  local MARK = 161
  local HEADER = '<BdddB'
  local HEADER_LENGTH = 26
  local MAX_LENGTH = HEADER_LENGTH + 63 * 9

  local EMPTY, TWO_BYTES, FOUR_BYTES, EIGHT_BYTES = 128, 192, 193, 194

  -- The first instant at which nothing of this slice is in the window any more.
  local function expiry(state, slice)
    return (slice + 1) * state.slice_length - 1 + state.window
  end

  -- Permits, slices, and where the next token begins; nil if this is none of ours.
  local function token(text, at)
    local byte = string.byte(text, at) or 255
    if byte < EMPTY then
      return byte, 1, at + 1
    elseif byte < TWO_BYTES then
      return 0, byte - EMPTY, at + 1
    elseif byte == TWO_BYTES and at + 2 <= #text then
      return struct.unpack('<H', text, at + 1), 1, at + 3
    elseif byte == FOUR_BYTES and at + 4 <= #text then
      return struct.unpack('<I4', text, at + 1), 1, at + 5
    elseif byte == EIGHT_BYTES and at + 8 <= #text then
      return struct.unpack('<d', text, at + 1), 1, at + 9
    end
  end

  local function token_of(permits)
    if permits < EMPTY then
      return string.char(permits)
    elseif permits < 2 ^ 16 then
      return struct.pack('<BH', TWO_BYTES, permits)
    elseif permits < 2 ^ 32 then
      return struct.pack('<BI4', FOUR_BYTES, permits)
    end
    return struct.pack('<Bd', EIGHT_BYTES, permits)
  end

  -- Adds to the newest slice, or to one that is newer.
  local function put(state, slice, permits)
    if state.used == 0 then
      state.first, state.last, state.last_count, state.older, state.at = slice, slice, permits, '', 1
    elseif slice <= state.last then
      state.last_count = state.last_count + permits
    else
      local empty = slice - state.last - 1
      state.older = state.older .. token_of(state.last_count)
      if empty > 0 then
        state.older = state.older .. string.char(EMPTY + empty)
      end
      state.last, state.last_count = slice, permits
    end
    state.used = state.used + permits
  end

  local function read(text, permits, window, burst, now)
    local slice_length = floor(window / SLICES_PER_WINDOW)
    local state = {
      permits = permits,
      window = window,
      slice_length = slice_length,
      must_be_written = false,
      used = 0,
      first = 0,
      last = 0,
      last_count = 0,
      older = '', -- holds the tokens of the older slices, the first of them
      at = 1, -- here
    }
    if not text then
      return state
    end
    if #text < HEADER_LENGTH or #text > MAX_LENGTH or string.byte(text) ~= MARK then
      return nil
    end
    local _, used, last, last_count, span, at = struct.unpack(HEADER, text)
    if last * slice_length - now > window then
      put(state, floor(now / slice_length), used)
      -- Also on a refusal, or every one would move it once more, and the client would wait for the clock after all.
      state.must_be_written = true
      return state
    end
    if expiry(state, last) <= now then
      return state
    end
    local first = last - span
    while first < last and expiry(state, first) <= now do
      local count, slices, next_at = token(text, at)
      if not count then
        return nil
      end
      used, first, at = used - count, first + slices, next_at
    end
    state.used, state.first, state.last, state.last_count = used, first, last, last_count
    state.older, state.at = text, at
    return state
  end

  local function retry_after(state, now, cost)
    if cost > state.permits then
      return NEVER
    end
    local missing = cost - (state.permits - state.used)
    if missing <= 0 then
      return 0
    end
    local slice, at = state.first, state.at
    while slice < state.last do
      local count, slices, next_at = token(state.older, at)
      if not count or count >= missing then
        break
      end
      missing, slice, at = missing - count, slice + slices, next_at
    end
    return expiry(state, slice) - now
  end

  local function charge(state, now, cost)
    put(state, floor(now / state.slice_length), cost)
  end

  local function refund(state, now, cost, charged_at)
    local charged = floor(charged_at / state.slice_length)
    if state.used == 0 or expiry(state, charged) <= now then
      return
    end
    local is_given = false
    local first, last, last_count, older, at = state.first, state.last, state.last_count, state.older, state.at
    state.used = 0
    local function keep(slice, count)
      if slice >= charged and count > 0 and not is_given then
        count = max(0, count - cost)
        is_given, state.must_be_written = true, true
      end
      if count > 0 then
        put(state, slice, count)
      end
    end
    while first < last do
      local count, slices, next_at = token(older, at)
      if not count then
        break
      end
      keep(first, count)
      first, at = first + slices, next_at
    end
    keep(last, last_count)
  end

  local function remaining(state)
    return max(0, state.permits - state.used)
  end

  local function reset_after(state, now)
    return state.used == 0 and 0 or expiry(state, state.last) - now
  end

  local function write(state)
    return struct.pack(HEADER, MARK, state.used, state.last, state.last_count, state.last - state.first)
      .. string.sub(state.older, state.at)
  end

  algorithms['sw'] = {
    read = read,
    retry_after = retry_after,
    charge = charge,
    refund = refund,
    remaining = remaining,
    reset_after = reset_after,
    write = write,
  }
end
