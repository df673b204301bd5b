-- Takes permits from every limit of a client, or from none; a refusal charges nothing and writes nothing, unless the clock
-- has gone back by more than a window.
--
-- KEYS[i]   the client's state of limit i; all in one slot
-- ARGV[1]   cost: permits to take from each limit, 1 to the permits of the smallest
-- ARGV[...] for each limit three: algorithm, permits, window in microseconds
--
-- Reply, integers: 1 if the permits were taken, else 0; microseconds until they could all be taken, else 0; then for each
-- limit four: microseconds until this limit could grant the cost, 0 if it can or did; permits remaining; microseconds until
-- the next permit, 0 while one remains; microseconds until all permits are free.
-- Or one integer: -i, if KEYS[i] holds something that is no state of ours. It is left alone.
--
-- Every key is written with the time to live after which its state says nothing any more, and a second: time to live may
-- count from the start of the script, before now.
local TTL_MARGIN_MILLIS = 1000

local now = now_micros()
local cost = tonumber(ARGV[1])
local limits = {}
local retry_after = 0

for i = 1, #KEYS do
  local algorithm = algorithms[ARGV[i * 3 - 1]]
  local permits = tonumber(ARGV[i * 3])
  local window = tonumber(ARGV[i * 3 + 1])
  local text = redis.pcall('GET', KEYS[i])
  if type(text) == 'table' and not string.find(text.err, 'WRONGTYPE', 1, true) then
    return text
  end
  local state = type(text) ~= 'table' and algorithm.read(text, permits, window, now)
  if not state then
    return { -i }
  end
  local wait = algorithm.retry_after(state, now, cost)
  limits[i] = { algorithm = algorithm, state = state, wait = wait }
  retry_after = math.max(retry_after, wait)
end

local taken = retry_after == 0
local reply = { taken and 1 or 0, retry_after }

for i, limit in ipairs(limits) do
  local algorithm, state = limit.algorithm, limit.state
  if taken then
    algorithm.charge(state, now, cost)
  end
  if taken or state.must_be_written then
    local ttl_millis = math.ceil(algorithm.reset_after(state, now) / 1000) + TTL_MARGIN_MILLIS
    redis.call('SET', KEYS[i], algorithm.write(state), 'PX', string.format('%.0f', ttl_millis))
  end
  reply[#reply + 1] = limit.wait
  reply[#reply + 1] = algorithm.remaining(state)
  reply[#reply + 1] = algorithm.retry_after(state, now, 1)
  reply[#reply + 1] = algorithm.reset_after(state, now)
end

return reply
