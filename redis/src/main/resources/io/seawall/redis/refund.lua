-- Gives back permits that were taken, as far as they are still in use.
--
-- KEYS       as claims.lua says
-- ARGV[1]    when they were taken, as acquire.lua has told
-- ARGV[...]  as claims.lua says: one request, of the limits that were charged, and no penalty
--
-- Reply: a 1; or an error that begins with FOREIGN, if a key or an override is not ours, and then nothing is given back.
local now = now_micros()
local charged_at = tonumber(ARGV[1])
local sets, at = read_sets(2)
list_claims(sets, at + 2, tonumber(ARGV[at + 1]))

for i = 1, limit_count do
  local failure = read_limit(i, now)
  if failure and not limits[i].in_shadow then
    return failure
  end
end

for i = 1, limit_count do
  local state = states[i]
  if state then
    limits[i].algorithm.refund(state, now, costs[i], charged_at)
    if state.must_be_written then
      save_limit(i, now)
    end
  end
end

return { 1 }
