-- Gives a worker the lease of the operation whose turn it is. Needs operation_functions.lua in front of it.
-- KEYS[1] queue
-- ARGV[1] what all keys begin with  ARGV[2] tag of the partition  ARGV[3] token  ARGV[4] length of the lease in ms (int)
-- ARGV[5] most attempts without progress (int)  ARGV[6] how long all is kept after a change, in ms (int)
-- ARGV[7] how many keys of a warm-up (int)
-- Result: { 'claimed', tenant, id, kind, namespace, pattern, cursor, key, … }, or { 'none', ms until an operation is due, or -1 }
local now = now_us()
-- A script keeps all others waiting, so it clears away only some of what has expired or failed.
for _ = 1, 20 do
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  local tenant = first[1]
  if not tenant then
    return { 'none', '-1' }
  end
  if tonumber(first[2]) > now then
    return { 'none', text(math.ceil((first[2] - now) / 1000)) }
  end
  local function key(feature, rest)
    return ARGV[1] .. tenant .. ':' .. feature .. ':' .. ARGV[2] .. ':' .. rest
  end
  local open = key('cache-operations', 'open')
  local next = redis.call('ZRANGE', open, 0, 0, 'WITHSCORES')
  local id = next[1]
  if not id then
    redis.call('ZREM', KEYS[1], tenant)
  elseif tonumber(next[2]) > now then
    redis.call('ZADD', KEYS[1], text(next[2]), tenant)
  else
    local operation, keys = key('cache-operation', id), key('cache-operation-keys', id)
    -- Ends the script, with nothing changed, while the slot moves to another master and not all of them are at this one.
    redis.call('EXISTS', operation, keys, open, key('cache-operations', 'by-time'))
    local held = redis.call('HMGET', operation, 'kind', 'namespace', 'pattern', 'cursor')
    if not held[1] then
      redis.call('ZREM', open, id)
    elseif redis.call('HINCRBY', operation, 'attempts', 1) > tonumber(ARGV[5]) then
      end_operation(operation, keys, open, id, 'failed', 'It was tried several times without progress.', now)
      keep(ARGV[6], { operation, open, key('cache-operations', 'by-time') })
    else
      redis.call('HSET', operation, 'state', 'running', 'token', ARGV[3])
      redis.call('ZADD', KEYS[1], text(now + ARGV[4] * 1000), tenant)
      local result = { 'claimed', tenant, id, held[1], held[2], held[3], held[4] }
      local from = tonumber(held[4]) or 0
      if held[1] == 'warm-up' then
        for _, wanted in ipairs(redis.call('LRANGE', keys, from, from + ARGV[7] - 1)) do
          result[#result + 1] = wanted
        end
      end
      return result
    end
  end
end
return { 'none', '0' }
