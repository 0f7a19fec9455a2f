-- Stores the settings of a namespace if they are still what the caller has read.
-- KEYS[1] settings (hash): JSON by namespace
-- ARGV[1] namespace  ARGV[2] JSON before, empty for none  ARGV[3] JSON  ARGV[4] most namespaces (int)
-- ARGV[5] how long they are kept, in s (int)
-- Result: { 'created' or 'replaced' }; { 'changed' } or { 'full' }: nothing is stored then
local before = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if before ~= ARGV[2] then
  return { 'changed' }
end
if before == '' and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then
  return { 'full' }
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[5])
return { before == '' and 'created' or 'replaced' }
