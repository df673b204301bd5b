-- Takes permits from every enforced limit of every claim, or from none; then those in shadow are charged that grant. A refusal
-- charges nothing and writes nothing, but for the strike of a penalty, and unless the clock has gone back by more than a window.
--
-- KEYS and ARGV are as claims.lua says.
--
-- Reply, integers: 1 if the permits were taken, 0 if a limit refused, 2 if a client is banned; now; microseconds until all
-- could be granted, 0 if they were, -1 for never. Then for each limit of each claim: 1 if it refuses, or its client is banned,
-- else 0; and for an enforced one permits remaining, microseconds until the next permit, 0 while one remains, -1 for never, and
-- microseconds until all permits are free: of a banned client none remains, and neither comes before the ban is over. Then for
-- each limit with an override two: the number of its key, and its permits.
--
-- Or an error that begins with FOREIGN, if a key or an override is not ours.
local now = now_micros()
local claims, limits = read_claims(1)
local ban, wait = 0, 0

for i = 1, #limits do
  local limit = limits[i]
  if not limit.in_shadow then
    local failure = read_limit(limit, now)
    if failure then
      return failure
    end
    local claim = limit.claim
    limit.wait = limit.algorithm.retry_after(limit.state, now, claim.cost)
    claim.wait = max(claim.wait, limit.wait)
    wait = max(wait, limit.wait)
  end
end

for i = 1, #claims do
  local claim = claims[i]
  if claim.penalty_key then
    local at = claim.argument + 2
    local text, failure = load_state(claim.penalty_key)
    if failure then
      return failure
    end
    claim.bans =
      bans.read(text, tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3]))
    if not claim.bans then
      return foreign_key(claim.penalty_key)
    end
    claim.ban = bans.banned_for(claim.bans, now)
    ban = max(ban, claim.ban)
  end
end

local taken = ban == 0 and wait == 0

for i = 1, #claims do
  local claim = claims[i]
  if claim.penalty_key and claim.wait > 0 and ban == 0 then
    bans.refused(claim.bans, now)
    save_state(claim.penalty_key, bans.write(claim.bans), bans.forgotten_after(claim.bans, now))
    claim.ban = bans.banned_for(claim.bans, now)
    wait = max(wait, claim.ban)
  end
end

local function finite(micros)
  return micros == NEVER and -1 or micros
end

-- With room for what one limit adds: a table that grows is made anew.
-- After a ban the limits still have to grant it.
local reply = { taken and 1 or ban > 0 and 2 or 0, now, finite(max(ban, wait)), nil, nil, nil, nil }
local size = 3

for i = 1, #limits do
  local limit = limits[i]
  if taken and limit.in_shadow then
    -- One that cannot be read refuses, which is all that it can do.
    limit.wait = read_limit(limit, now) and NEVER or limit.algorithm.retry_after(limit.state, now, limit.claim.cost)
  end
  local algorithm, state = limit.algorithm, limit.state
  if taken and limit.wait == 0 then
    algorithm.charge(state, now, limit.claim.cost)
    save_limit(limit, now)
  elseif state and state.must_be_written then
    save_limit(limit, now)
  end
  if limit.in_shadow then
    reply[size + 1] = limit.wait > 0 and 1 or 0
    size = size + 1
  else
    -- A ban that begins now is not what refuses.
    local claim_ban = limit.claim.ban
    local refuses = ban > 0 and claim_ban or limit.wait
    reply[size + 1] = refuses > 0 and 1 or 0
    reply[size + 2] = claim_ban > 0 and 0 or algorithm.remaining(state)
    reply[size + 3] = finite(max(claim_ban, algorithm.retry_after(state, now, 1)))
    reply[size + 4] = max(claim_ban, algorithm.reset_after(state, now))
    size = size + 4
  end
end

if has_overrides then
  for i = 1, #limits do
    if limits[i].overridden then
      reply[size + 1] = limits[i].key
      reply[size + 2] = limits[i].permits
      size = size + 2
    end
  end
end

return reply
