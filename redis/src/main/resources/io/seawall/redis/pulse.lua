-- A node says that it lives, and hears how many do and whether anything was changed.
--
-- KEYS[1]  the nodes, by the time at which each was last heard
-- KEYS[2]  the number of the last change
-- ARGV[1]  the name of this node
--
-- Reply: how many nodes were heard within five seconds; the number of the last change, or false.
local LIVE_MICROS, TTL_MILLIS = 5000000, 60000

local now = now_micros()
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - LIVE_MICROS))
redis.call('PEXPIRE', KEYS[1], TTL_MILLIS)
return { redis.call('ZCARD', KEYS[1]), redis.call('GET', KEYS[2]) }
