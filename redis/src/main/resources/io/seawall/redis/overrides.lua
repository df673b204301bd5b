-- Limits that were changed while they are in use: KEYS[1], a hash that is no client's and lives until it is removed. Its fields
-- are c:policies:limit:client, t:policies:limit:tier and a:policies:limit, its values the permits in decimal digits. A limit
-- goes by what its own key says of it.
--
-- Returns permits and burst of a limit as they hold, and whether they are an override's: the client's, or else the tier's, or
-- else that of all. Or nil and what the script replies.
local function override(key, permits, burst)
  local policies, tier, client, rest = string.match(KEYS[key], ':([^:.]+)%.?([^:.]*):{([^}]*)}:(.+)')
  local limit = string.match(rest, '^([^:]+):') or 'default'
  local what = policies .. ':' .. limit
  local fields = { 'c:' .. what .. ':' .. client, 'a:' .. what }
  if tier ~= '' then
    table.insert(fields, 2, 't:' .. what .. ':' .. tier)
  end
  local values = redis.pcall('HMGET', KEYS[1], unpack(fields))
  if values.err then
    return nil, string.find(values.err, 'WRONGTYPE', 1, true) and foreign_key(1) or values
  end
  for i = 1, #fields do
    local value = values[i]
    if value then
      local new_permits = #value <= 16 and string.find(value, '^%d+$') and tonumber(value)
      if not new_permits or new_permits > MAX then
        return nil,
          foreign(
            'field ' .. fields[i] .. ' of the Redis key ' .. KEYS[1] .. " is no override of Seawall's:"
              .. ' set it to 0 to 9007199254740991 permits in decimal digits, or remove it'
          )
      end
      -- As QuotaPolicy.withPermits has it, in the same floating-point operations. That the burst must not be more than can be
      -- counted, the token bucket sees to.
      local new_burst = new_permits
      if burst ~= permits and new_permits > 0 then
        new_burst = max(1, floor(burst * new_permits / max(1, permits)))
      end
      return new_permits, new_burst, true
    end
  end
  return permits, burst, false
end
