-- What acquire.lua does, where each request has one claim on one and the same limit, which is enforced and has no penalty, and there
-- are no overrides. That is most of them, so it is all that this script has: Redis runs it from its first line, and makes its
-- functions anew, for every call.
--
-- KEYS[1]    the overrides; or KEYS[2] once more, where the caller has seen to them
-- KEYS[...]  for each request the client's state
-- ARGV[...]  algorithm, permits, window in microseconds, burst. Then for each request two: how many ask the same, cost; nothing if all
--            are one that costs one permit.
--
-- Reply: as acquire.lua has it; or now and 2, and nothing is decided, since there are overrides.
local REFUSED, ASK_IN_FULL = 0, 2

local now = now_micros()
if KEYS[1] ~= KEYS[2] and redis.call('EXISTS', KEYS[1]) == 1 then
  return { now, ASK_IN_FULL }
end

local tag, permits, window, burst = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local take = algorithms[tag].take
local reply, size = { now, 0 }, 2

for key = 2, #KEYS do
  local times, cost = tonumber(ARGV[key * 2 + 1] or 1), tonumber(ARGV[key * 2 + 2] or 1)
  local text, failure = load_state(key)
  local granted, wait, remaining, next_permit, reset_after, new, ends_as_before
  if not failure then
    granted, wait, remaining, next_permit, reset_after, new, ends_as_before =
      take(text, permits, window, burst, now, cost, times, tag)
    failure = not granted and foreign_key(key)
  end
  if failure then
    size = size + 1
    reply[size] = failure.err
  else
    if new then
      save_state(key, new, reset_after, ends_as_before)
    end
    reply[size + 1] = granted
    local refuses = granted < times
    if refuses then
      reply[size + 2], reply[size + 3] = REFUSED, finite(wait)
      size = size + 2
    end
    reply[size + 2] = refuses and 1 or 0
    reply[size + 3] = remaining
    reply[size + 4] = finite(next_permit)
    reply[size + 5] = reset_after
    size = size + 5
  end
end

return reply
