-- How a state is kept: one string, a mark and then numbers, in eight bytes as Lua has them or in fewer. All are whole and below
-- 2^53, so sums and products below that are exact, and so are floor(a / b) and ceil(a / b). A mark is a byte that begins no text in
-- UTF-8, so no text of others is taken for ours.
local MAX = 2 ^ 53 - 1

-- How long to wait for what is never granted.
local NEVER = math.huge

-- Time to live may count from the start of the script, which is before now.
local TTL_MARGIN_MILLIS = 1000

local floor, ceil, max, min = math.floor, math.ceil, math.max, math.min

-- What a script replies when it meets something that is not ours. It is left alone.
local function foreign(message)
  return { err = 'FOREIGN ' .. message }
end

local function foreign_key(key)
  return foreign(
    'the Redis key ' .. KEYS[key] .. " holds something that is not Seawall's: delete it, or choose another key prefix"
  )
end

-- The state under a key, false if there is none; or nil and what the script replies.
local function load_state(key)
  local text = redis.pcall('GET', KEYS[key])
  if type(text) ~= 'table' then
    return text
  elseif string.find(text.err, 'WRONGTYPE', 1, true) then
    return nil, foreign_key(key)
  end
  return nil, text
end

-- forgotten_after: microseconds after which the state says nothing any more; 0 if it does not now. ends_as_before: it is a time to
-- live that the key has already.
local function save_state(key, text, forgotten_after, ends_as_before)
  if forgotten_after == 0 then
    redis.call('DEL', KEYS[key])
  elseif ends_as_before then
    redis.call('SET', KEYS[key], text, 'KEEPTTL')
  else
    local ttl_millis = ceil(forgotten_after / 1000) + TTL_MARGIN_MILLIS
    redis.call('SET', KEYS[key], text, 'PX', string.format('%.0f', ttl_millis))
  end
end

local function finite(micros)
  return micros == NEVER and -1 or micros
end
