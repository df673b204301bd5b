-- What a request asks of limits, as both scripts are told:
--
-- KEYS[1]    the overrides
-- KEYS[...]  for each claim: the client's state of each limit, then its penalties if the claim has a penalty
-- ARGV[...]  for each claim six: cost, number of limits, and the penalty: refusals, 0 for none, within, first and longest ban,
--            in microseconds; then for each limit five: algorithm, permits, window in microseconds, burst, 1 if in shadow
local CLAIM_LENGTH, LIMIT_LENGTH = 6, 5

local has_overrides = redis.call('EXISTS', KEYS[1]) == 1

-- Reads the state of a limit as it holds for its client. Returns what the script replies if that cannot be done.
local function read_limit(limit, now)
  local key, at = limit.key, limit.argument
  local algorithm = algorithms[ARGV[at]]
  local permits, burst = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 3])
  local text, failure = load_state(key)
  if has_overrides and not failure then
    permits, burst, limit.overridden = override(key, permits, burst)
    failure = not permits and burst
  end
  if failure then
    return failure
  end
  local state = algorithm.read(text, permits, tonumber(ARGV[at + 2]), burst, now, ARGV[at])
  if not state then
    return foreign_key(key)
  end
  limit.algorithm, limit.permits, limit.state = algorithm, permits, state
end

local function save_limit(limit, now)
  local algorithm, state = limit.algorithm, limit.state
  save_state(limit.key, algorithm.write(state), algorithm.reset_after(state, now))
end

-- All claims from an argument on, and all their limits. Nothing of Redis is read yet.
local function read_claims(at)
  local claims, limits, key = {}, {}, 2
  while ARGV[at] do
    local claim = { cost = tonumber(ARGV[at]), argument = at, wait = 0, ban = 0, penalty_key = false }
    claims[#claims + 1] = claim
    local count = tonumber(ARGV[at + 1])
    local has_penalty = ARGV[at + 2] ~= '0'
    at = at + CLAIM_LENGTH
    for _ = 1, count do
      limits[#limits + 1] = {
        claim = claim,
        argument = at,
        key = key,
        in_shadow = ARGV[at + 4] == '1',
        wait = 0,
        algorithm = false,
        permits = 0,
        state = false,
      }
      at = at + LIMIT_LENGTH
      key = key + 1
    end
    if has_penalty then
      claim.penalty_key = key
      key = key + 1
    end
  end
  return claims, limits
end
