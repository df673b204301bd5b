-- What requests ask of limits, as both scripts are told:
--
-- KEYS[1]    the overrides; or KEYS[2] once more, where the caller has seen to them, as on a cluster, where they are elsewhere
-- KEYS[...]  for each request and each of its claims: the client's state of each limit, then its penalties if its set of limits has
--            a penalty
-- ARGV[...]  number of sets of limits; for each set five: number of limits, and the penalty: refusals, 0 for none, within, first and
--            longest ban, in microseconds; then for each of its limits five: algorithm, permits, window in microseconds, burst, 1 if
--            in shadow. Then the requests, up to the end: how many ask the same, number of claims, and for each claim two: number of
--            its set, cost.
local SET_LENGTH, LIMIT_LENGTH, CLAIM_LENGTH = 5, 5, 2

local has_overrides = KEYS[1] ~= KEYS[2] and redis.call('EXISTS', KEYS[1]) == 1

-- All sets of limits from an argument on, and which argument comes after them.
local function read_sets(at)
  local sets = {}
  local count = tonumber(ARGV[at])
  at = at + 1
  for i = 1, count do
    local set = { penalty = ARGV[at + 1] ~= '0' and at + 1 }
    local limits = tonumber(ARGV[at])
    at = at + SET_LENGTH
    for j = 1, limits do
      set[j] = {
        tag = ARGV[at],
        algorithm = algorithms[ARGV[at]],
        permits = tonumber(ARGV[at + 1]),
        window = tonumber(ARGV[at + 2]),
        burst = tonumber(ARGV[at + 3]),
        in_shadow = ARGV[at + 4] == '1',
      }
      at = at + LIMIT_LENGTH
    end
    sets[i] = set
  end
  return sets, at
end

-- The limits of the request in hand, one after another: what is configured, the number of its key, what is asked of it, of which
-- claim it is, its state, permits and burst as they hold for its client, and the permits of an override, -1 if there is none. Used
-- again for the next request.
local limits, keys, costs, owners, states, permits_of, bursts, overridden = {}, {}, {}, {}, {}, {}, {}, {}
local limit_count = 0

-- Its claims that have a penalty: the number of the key, where its numbers are, and of which claim it is.
local penalty_keys, penalties, penalty_owners = {}, {}, {}
local penalty_count = 0

local next_key = 2

-- Lists what claims ask, from an argument on. Nothing of Redis is read yet. Returns which argument comes after them.
local function list_claims(sets, at, count)
  limit_count, penalty_count = 0, 0
  for claim = 1, count do
    local set = sets[tonumber(ARGV[at])]
    local cost = tonumber(ARGV[at + 1])
    at = at + CLAIM_LENGTH
    for i = 1, #set do
      limit_count = limit_count + 1
      limits[limit_count], keys[limit_count], costs[limit_count] = set[i], next_key, cost
      owners[limit_count], overridden[limit_count] = claim, -1
      next_key = next_key + 1
    end
    if set.penalty then
      penalty_count = penalty_count + 1
      penalty_keys[penalty_count], penalties[penalty_count] = next_key, set.penalty
      penalty_owners[penalty_count] = claim
      next_key = next_key + 1
    end
  end
  return at
end

-- Reads the state of a limit as it holds for its client. Returns the permits that are free; or nil and what the script replies if
-- that cannot be done.
local function read_limit(i, now)
  local limit, key = limits[i], keys[i]
  local permits, burst = limit.permits, limit.burst
  local text, failure = load_state(key)
  if has_overrides and not failure then
    local is_override
    permits, burst, is_override = override(key, permits, burst)
    failure = not permits and burst
    if is_override then
      overridden[i] = permits
    end
  end
  if failure then
    return nil, failure
  end
  local free = limit.algorithm.free(text, permits, limit.window, burst, now, limit.tag)
  if not free then
    return nil, foreign_key(key)
  end
  states[i], permits_of[i], bursts[i] = text, permits, burst
  return free
end
