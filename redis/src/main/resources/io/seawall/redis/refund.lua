-- Gives back permits that were taken, as far as they are still in use.
--
-- KEYS       as claims.lua says
-- ARGV[1]    when they were taken, as acquire.lua has told
-- ARGV[...]  as claims.lua says: the limits that were charged, and no penalty
--
-- Reply: a 1; or an error that begins with FOREIGN, if a key or an override is not ours, and then nothing is given back.
local now = now_micros()
local charged_at = tonumber(ARGV[1])
local _, limits = read_claims(2)

for i = 1, #limits do
  local failure = read_limit(limits[i], now)
  if failure and not limits[i].in_shadow then
    return failure
  end
end

for i = 1, #limits do
  local limit = limits[i]
  if limit.state then
    limit.algorithm.refund(limit.state, now, limit.claim.cost, charged_at)
    if limit.state.must_be_written then
      save_limit(limit, now)
    end
  end
end

return { 1 }
