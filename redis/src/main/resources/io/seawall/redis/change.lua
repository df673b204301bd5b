-- Changes something that time alone would not, and says when, for the nodes that remember what held before.
--
-- KEYS[1]    when the last change was
-- KEYS[...]  what the command changes
-- ARGV[1]    the command
-- ARGV[...]  what it has after the keys
--
-- Reply: that of the command. That the time is forgotten after an hour looks like a change too, which does no harm.
local TTL_MILLIS = 3600000

local words = { ARGV[1] }
for i = 2, #KEYS do
  words[#words + 1] = KEYS[i]
end
for i = 2, #ARGV do
  words[#words + 1] = ARGV[i]
end
redis.call('PSETEX', KEYS[1], TTL_MILLIS, string.format('%.0f', now_micros()))
return redis.call(unpack(words))
