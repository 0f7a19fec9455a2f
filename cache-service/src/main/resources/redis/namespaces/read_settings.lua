-- Reads the settings of all namespaces of a tenant, and keeps them for as long as they are used.
-- KEYS[1] settings (hash): JSON by namespace  ARGV[1] how long they are kept, in s (int)
-- Result: { namespace, its JSON, … }
local all = redis.call('HGETALL', KEYS[1])
if #all > 0 then
  redis.call('EXPIRE', KEYS[1], ARGV[1])
end
return all
