-- Adds counts of a tenant. At most so many namespaces are counted by themselves, all others together.
-- KEYS[1] statistics of the tenant (hash): '<namespace>:hits', ':misses', ':writes'; 'namespaces', how many there are
-- ARGV[1] how long they are kept after a change, in s (int)  ARGV[2] most namespaces (int)  ARGV[3] the name of the others
-- ARGV[4], … of each namespace: name, hits, misses, writes (int)
-- Result: { }
for i = 4, #ARGV, 4 do
  local name = ARGV[i]
  -- No namespace of an application ends so.
  local is_own = string.sub(name, -1) == '*'
  if not is_own and redis.call('HEXISTS', KEYS[1], name .. ':hits') == 0 then
    if tonumber(redis.call('HGET', KEYS[1], 'namespaces') or '0') >= tonumber(ARGV[2]) then
      name = ARGV[3]
    else
      redis.call('HINCRBY', KEYS[1], 'namespaces', 1)
    end
  end
  for j, kind in ipairs({ 'hits', 'misses', 'writes' }) do
    redis.call('HINCRBY', KEYS[1], name .. ':' .. kind, ARGV[i + j])
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {}
