-- Tells where a client stands with a set of limits. Writes nothing.
--
-- KEYS and ARGV are as claims.lua says: one request with one claim, whose cost does not matter.
--
-- Reply, integers: microseconds until the client is no longer banned, 0 if it is not. Then for each limit two: permits that are free,
-- and the permits of its override, or -1. Or an error that begins with FOREIGN, if a key or an override is not ours.
local now = now_micros()
local sets, at = read_sets(1)
list_claims(sets, at + 2, tonumber(ARGV[at + 1]))

local reply = { 0 }
if penalty_count > 0 then
  local text, failure = load_state(penalty_keys[1])
  if failure then
    return failure
  end
  local p = penalties[1]
  local state =
    bans.read(text, tonumber(ARGV[p]), tonumber(ARGV[p + 1]), tonumber(ARGV[p + 2]), tonumber(ARGV[p + 3]))
  if not state then
    return foreign_key(penalty_keys[1])
  end
  reply[1] = bans.banned_for(state, now)
end

for i = 1, limit_count do
  local free, failure = read_limit(i, now)
  if not free then
    return failure
  end
  reply[i * 2], reply[i * 2 + 1] = free, overridden[i]
end

return reply
