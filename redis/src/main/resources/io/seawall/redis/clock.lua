-- The one clock of all nodes, in microseconds. Read once a decision: TIME goes on inside a script.
local function now_micros()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end
