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
  states[i] = false
  local free, failure = read_limit(i, now)
  if not free and not limits[i].in_shadow then
    return failure
  end
end

for i = 1, limit_count do
  local limit = limits[i]
  local new, reset_after = limit.algorithm.refund(
    states[i],
    permits_of[i],
    limit.window,
    bursts[i],
    now,
    costs[i],
    charged_at,
    limit.tag
  )
  if new then
    save_state(keys[i], new, reset_after)
  end
end

return { 1 }
