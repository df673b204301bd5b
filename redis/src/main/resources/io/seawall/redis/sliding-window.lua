-- The exact sliding window, twin of io.seawall.ratelimit.SlidingWindowState: its story is told there.
--
-- State: a string of pairs (slices since the previous pair's slice, permits taken in this slice), oldest first; the first
-- pair counts from slice 0. Every number is a varint: seven bits a byte, low bits first, high bit set on all but the last
-- byte. 100/60s needs 2 bytes a slice, 126 bytes at most.
--
-- Numbers are doubles: every one here is a whole number below 2^53. floor(a / b) is exact for a below 2^52, which
-- microseconds since 1970 stay until the year 2112.
local sliding_window = {}
algorithms['sw'] = sliding_window

local SLICES_PER_WINDOW = 60

-- 64 pairs of two varints of at most 8 bytes.
local MAX_LENGTH = 1024

local function expiry(state, slice)
  return (slice + 1) * state.slice_length - 1 + state.window
end

local function forget_expired(state, now)
  local last = #state.slices
  if last == 0 then
    return
  end
  if state.slices[last] * state.slice_length - now > state.window then
    state.slices = { math.floor(now / state.slice_length) }
    state.counts = { state.used }
    -- Also on a refusal, or every one would move it once more, and the client would wait for the clock after all.
    state.must_be_written = true
    return
  end
  local slices, counts = {}, {}
  for i = 1, last do
    if expiry(state, state.slices[i]) <= now then
      state.used = state.used - state.counts[i]
    else
      slices[#slices + 1] = state.slices[i]
      counts[#counts + 1] = state.counts[i]
    end
  end
  state.slices = slices
  state.counts = counts
end

-- The numbers of a string, or nil if it is no sequence of varints below 2^53.
local function decode(text)
  if #text > MAX_LENGTH then
    return nil
  end
  local numbers, value, scale = {}, 0, 1
  for _, byte in ipairs({ string.byte(text, 1, -1) }) do
    value = value + byte % 128 * scale
    if value >= 2 ^ 53 or scale >= 2 ^ 53 then
      return nil
    end
    if byte >= 128 then
      scale = scale * 128
    else
      numbers[#numbers + 1] = value
      value, scale = 0, 1
    end
  end
  return scale == 1 and numbers or nil
end

-- text: the state as write() made it, or false for none. Returns nil if it is something else.
function sliding_window.read(text, permits, window, now)
  local state = {
    permits = permits,
    window = window,
    slice_length = math.max(1, math.floor(window / SLICES_PER_WINDOW)),
    slices = {},
    counts = {},
    used = 0,
  }
  local numbers = decode(text or '')
  if not numbers or #numbers % 2 == 1 then
    return nil
  end
  local slice = 0
  for i = 1, #numbers, 2 do
    slice = slice + numbers[i]
    state.slices[#state.slices + 1] = slice
    state.counts[#state.counts + 1] = numbers[i + 1]
    state.used = state.used + numbers[i + 1]
  end
  forget_expired(state, now)
  return state
end

-- Microseconds until cost permits are free, 0 if they are free now.
function sliding_window.retry_after(state, now, cost)
  local missing = cost - (state.permits - state.used)
  local i = 0
  while missing > 0 do
    i = i + 1
    missing = missing - state.counts[i]
  end
  return i == 0 and 0 or expiry(state, state.slices[i]) - now
end

function sliding_window.charge(state, now, cost)
  local slice = math.floor(now / state.slice_length)
  local last = #state.slices
  if last > 0 and state.slices[last] >= slice then
    state.counts[last] = state.counts[last] + cost
  else
    state.slices[last + 1] = slice
    state.counts[last + 1] = cost
  end
  state.used = state.used + cost
end

-- Not below 0, though more may be in use than a limit grants that has just been lowered.
function sliding_window.remaining(state)
  return math.max(0, state.permits - state.used)
end

-- Microseconds until all permits are free again, 0 if they are.
function sliding_window.reset_after(state, now)
  local last = #state.slices
  return last == 0 and 0 or expiry(state, state.slices[last]) - now
end

function sliding_window.write(state)
  local bytes = {}
  local function number(value)
    while value >= 128 do
      bytes[#bytes + 1] = 128 + value % 128
      value = math.floor(value / 128)
    end
    bytes[#bytes + 1] = value
  end
  local previous = 0
  for i = 1, #state.slices do
    number(state.slices[i] - previous)
    number(state.counts[i])
    previous = state.slices[i]
  end
  return string.char(unpack(bytes))
end
