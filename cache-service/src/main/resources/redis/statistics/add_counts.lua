-- Adds counts of a tenant. At most so many namespaces are counted by themselves, all others together.
-- KEYS[1] statistics of the tenant (hash): '<namespace>:hits', ':misses', ':writes', and ':used', the second of the last count;
-- 'namespaces', how many there are, 'searched', the second in which unused ones were last searched for
-- ARGV[1] how long they are kept after a change, in s (int)  ARGV[2] most namespaces (int)  ARGV[3] the name of the others
-- ARGV[4] how long a namespace is unused before it makes room, in s (int): it is counted among the others then
-- ARGV[5], … of each namespace: name, hits, misses, writes (int)
-- Result: { }
local KINDS = { 'hits', 'misses', 'writes' }
local PAUSE = 60
local now = tonumber(redis.call('TIME')[1])

local function has_room()
  return tonumber(redis.call('HGET', KEYS[1], 'namespaces') or '0') < tonumber(ARGV[2])
end

-- It reads all of them, so it must not happen often.
local function remove_unused()
  if now - tonumber(redis.call('HGET', KEYS[1], 'searched') or '0') < PAUSE then
    return
  end
  redis.call('HSET', KEYS[1], 'searched', now)
  local fields = redis.call('HGETALL', KEYS[1])
  for i = 1, #fields, 2 do
    local name = string.match(fields[i], '^(.*[^*]):hits$')
    -- Those that were counted by an earlier version have no time.
    if name and now - tonumber(redis.call('HGET', KEYS[1], name .. ':used') or '0') > tonumber(ARGV[4]) then
      for _, kind in ipairs(KINDS) do
        local count = redis.call('HGET', KEYS[1], name .. ':' .. kind) or '0'
        redis.call('HINCRBY', KEYS[1], ARGV[3] .. ':' .. kind, count)
        redis.call('HDEL', KEYS[1], name .. ':' .. kind)
      end
      redis.call('HDEL', KEYS[1], name .. ':used')
      redis.call('HINCRBY', KEYS[1], 'namespaces', -1)
    end
  end
end

for i = 5, #ARGV, 4 do
  local name = ARGV[i]
  -- No namespace of an application ends so.
  local is_own = string.sub(name, -1) == '*'
  if not is_own and redis.call('HEXISTS', KEYS[1], name .. ':hits') == 0 then
    if not has_room() then
      remove_unused()
    end
    if has_room() then
      redis.call('HINCRBY', KEYS[1], 'namespaces', 1)
    else
      name = ARGV[3]
      is_own = true
    end
  end
  for j, kind in ipairs(KINDS) do
    redis.call('HINCRBY', KEYS[1], name .. ':' .. kind, ARGV[i + j])
  end
  if not is_own then
    redis.call('HSET', KEYS[1], name .. ':used', now)
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {}
