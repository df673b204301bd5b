-- A node says that it lives, and hears how many do and whether anything was changed.
--
-- KEYS[1]  the nodes, by the time at which each was last heard
-- KEYS[2]  when the last change was
-- ARGV[1]  the name of this node
--
-- Reply: how many nodes were heard within five seconds, 0 if this user of Redis may not say so; when the last change was. That nobody
-- knows when it was, is a change: Redis was emptied, or is another.
local LIVE_MICROS, TTL_MILLIS, CHANGE_TTL_MILLIS = 5000000, 60000, 3600000

local now = now_micros()
-- First: what comes after it may be forbidden.
local change = redis.call('GET', KEYS[2])
if not change then
  change = string.format('%.0f', now)
  redis.call('SET', KEYS[2], change, 'PX', CHANGE_TTL_MILLIS)
end

local function try(...)
  local reply = redis.pcall(...)
  return type(reply) == 'number' and reply or 0
end

try('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
try('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - LIVE_MICROS))
try('PEXPIRE', KEYS[1], TTL_MILLIS)
return { try('ZCARD', KEYS[1]), change }
