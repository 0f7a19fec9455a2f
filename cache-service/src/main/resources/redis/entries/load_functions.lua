-- Functions for scripts about the loading of an entry from an origin. They need entry_functions.lua in front of them.
-- KEYS[5] entry (hash): 'lease' (the token of the loading client; empty after it has failed), 'lease_at' (µs: the value is from after
-- this time), 'lease_until' (ms)

-- Whether this client has the lease, and nothing was invalidated since that an entry with these tags must not survive. A lease that is
-- of no use is ended.
local function may_store(token, tags)
  local held = redis.call('HMGET', KEYS[5], 'lease', 'lease_at')
  if held[1] ~= token then
    return false
  end
  local function is_newer(field)
    local epoch = redis.call('HGET', KEYS[1], field)
    return epoch and tonumber(epoch) > tonumber(held[2])
  end
  local newer = is_newer('epoch') or is_newer('loads_end')
  for tag in string.gmatch(tags, '%S+') do
    newer = newer or is_newer('tag:' .. tag)
  end
  if newer then
    redis.call('HDEL', KEYS[5], 'lease', 'lease_at', 'lease_until')
  end
  return not newer
end

local function keep_for(key, ms)
  if redis.call('PTTL', key) < tonumber(ms) then
    redis.call('PEXPIRE', key, ms)
  end
end
