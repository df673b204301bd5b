-- Changes something that time alone would not, and counts that, for the nodes that remember what held before.
--
-- KEYS[1]    the number of the last change
-- KEYS[...]  what the command changes
-- ARGV[1]    the command
-- ARGV[...]  what it has after the keys
--
-- Reply: that of the command. A number that is forgotten after an hour is a change too, which does no harm.
local TTL_MILLIS = 3600000

local words = { ARGV[1] }
for i = 2, #KEYS do
  words[#words + 1] = KEYS[i]
end
for i = 2, #ARGV do
  words[#words + 1] = ARGV[i]
end
redis.call('INCR', KEYS[1])
redis.call('PEXPIRE', KEYS[1], TTL_MILLIS)
return redis.call(unpack(words))
