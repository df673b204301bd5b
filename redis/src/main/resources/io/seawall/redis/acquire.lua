-- Takes permits from every enforced limit of every claim of a request, or from none; then those in shadow are charged that grant.
-- Several requests are decided one after another, at one instant. Of those that ask the same, which stand together, the first
-- ones are granted. A refusal charges nothing and writes nothing, but for the strike of a penalty, and unless the clock has gone
-- back by more than a window.
--
-- KEYS and ARGV are as claims.lua says. Those that ask the same are one if they have a penalty.
--
-- Reply, integers: now; 1 if there are overrides, else 0. Then for each request: how many were granted. If that is not all, then 0
-- for a limit that refuses, 2 for a ban, 3 for a limit that refuses, with which a ban begins, and microseconds until one could be
-- granted, -1 for never; after 3 for each claim microseconds of the ban of its client that begins, 0 for none. Then for each limit of each
-- claim, if it is enforced: 1 if it refuses, or its client is banned, else 0; permits remaining, microseconds until the next permit,
-- 0 while one remains, -1 for never, and microseconds until all permits are free: of a banned client none remains, and neither
-- comes before the ban is over. If it is in shadow: how many it grants of those
-- that were granted. If there are overrides, each limit has one number more: the permits of its override, or -1.
--
-- Or, in place of all that for a request, a text that begins with FOREIGN, if a key or an override is not ours.
local REFUSED, BANNED, BANS = 0, 2, 3

local now = now_micros()
local sets, at = read_sets(1)
local reply, size = { now, has_overrides and 1 or 0 }, 2

-- Of the request in hand, by claim: microseconds of its ban, and until its limits grant.
local claim_bans, claim_waits = {}, {}
local bans_read = {}

-- By limit: how often it was granted; microseconds until it would be again, permits that remain, microseconds until the next one
-- and until all are free.
local grants, waits, remaining, next_permits, resets = {}, {}, {}, {}, {}

-- How many of some requests that ask the same can be granted by the enforced limits.
local function grantable(times)
  for i = 1, limit_count do
    if not limits[i].in_shadow then
      local free, failure = read_limit(i, now)
      if failure then
        return nil, failure
      end
      times = min(times, floor(free / costs[i]))
    end
  end
  return times
end

-- The longest ban of a client of the request.
local function longest_ban()
  local longest = 0
  for i = 1, penalty_count do
    local text, failure = load_state(penalty_keys[i])
    if failure then
      return nil, failure
    end
    local p = penalties[i]
    bans_read[i] =
      bans.read(text, tonumber(ARGV[p]), tonumber(ARGV[p + 1]), tonumber(ARGV[p + 2]), tonumber(ARGV[p + 3]))
    if not bans_read[i] then
      return nil, foreign_key(penalty_keys[i])
    end
    local ban = bans.banned_for(bans_read[i], now)
    claim_bans[penalty_owners[i]] = ban
    longest = max(longest, ban)
  end
  return longest
end

-- Takes what is granted. A limit in shadow grants of it what it can; one that cannot be read, nothing.
local function take(i, granted)
  local limit = limits[i]
  if limit.in_shadow and (granted == 0 or not read_limit(i, now)) then
    grants[i] = 0
    return
  end
  local new, ends_as_before
  grants[i], waits[i], remaining[i], next_permits[i], resets[i], new, ends_as_before = limit.algorithm.take(
    states[i],
    permits_of[i],
    limit.window,
    bursts[i],
    now,
    costs[i],
    granted,
    limit.tag
  )
  if new then
    save_state(keys[i], new, resets[i], ends_as_before)
  end
end

-- After a ban the limits still have to grant it. Also whether a ban begins with this refusal.
local function wait_of_refused(claims, ban)
  local wait, ban_begins = ban, false
  for claim = 1, claims do
    claim_waits[claim] = 0
  end
  for i = 1, limit_count do
    if not limits[i].in_shadow then
      local claim = owners[i]
      claim_waits[claim] = max(claim_waits[claim], waits[i])
      wait = max(wait, waits[i])
    end
  end
  if ban == 0 then
    for i = 1, penalty_count do
      if claim_waits[penalty_owners[i]] > 0 then
        bans.refused(bans_read[i], now)
        save_state(penalty_keys[i], bans.write(bans_read[i]), bans.forgotten_after(bans_read[i], now))
        local ban_from_now = bans.banned_for(bans_read[i], now)
        claim_bans[penalty_owners[i]] = ban_from_now
        wait = max(wait, ban_from_now)
        ban_begins = ban_begins or ban_from_now > 0
      end
    end
  end
  return wait, ban_begins
end

local function tell(i, all_granted, ban)
  if limits[i].in_shadow then
    reply[size + 1] = grants[i]
    size = size + 1
  else
    -- A ban that begins now is not what refuses, but from now on no permit is left.
    local claim_ban = penalty_count > 0 and claim_bans[owners[i]] or 0
    local refuses = not all_granted and (ban > 0 and claim_ban or waits[i]) > 0
    local left = claim_ban > 0 and 0 or remaining[i]
    reply[size + 1] = refuses and 1 or 0
    reply[size + 2] = left
    reply[size + 3] = left > 0 and 0 or finite(max(claim_ban, next_permits[i]))
    reply[size + 4] = max(claim_ban, resets[i])
    size = size + 4
  end
  if has_overrides then
    reply[size + 1] = overridden[i]
    size = size + 1
  end
end

-- Returns what stands in place of the reply if the request cannot be decided.
local function decide(times, claims)
  local granted, failure = grantable(times)
  if not granted then
    return failure
  end
  local ban = 0
  if penalty_count > 0 then
    for claim = 1, claims do
      claim_bans[claim] = 0
    end
    ban, failure = longest_ban()
    if not ban then
      return failure
    end
    if ban > 0 then
      granted = 0
    end
  end
  for i = 1, limit_count do
    take(i, granted)
  end
  local all_granted = granted == times
  reply[size + 1] = granted
  size = size + 1
  if not all_granted then
    local ban_begins
    reply[size + 1] = ban > 0 and BANNED or REFUSED
    reply[size + 2], ban_begins = wait_of_refused(claims, ban)
    reply[size + 2] = finite(reply[size + 2])
    if ban_begins then
      reply[size + 1] = BANS
      for claim = 1, claims do
        reply[size + 2 + claim] = claim_bans[claim]
      end
      size = size + claims
    end
    size = size + 2
  end
  for i = 1, limit_count do
    tell(i, all_granted, ban)
  end
end

while ARGV[at] do
  local times, claims = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  at = list_claims(sets, at + 2, claims)
  local failure = decide(times, claims)
  if failure then
    size = size + 1
    reply[size] = failure.err
  end
end

return reply
