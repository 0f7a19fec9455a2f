-- Removes an index entry whose registration does not exist, for example after an eviction or a restore.
-- KEYS[1] pending registration (hash)
-- KEYS[2] index of the tenant by expiry (sorted set)   KEYS[3] the same of all tenants
-- ARGV[1] hash of the address (string)   ARGV[2] the same with its tenant (string)
-- Result: { 'forgotten' } or { 'kept' }
if redis.call('EXISTS', KEYS[1]) == 1 then
  return { 'kept' }
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[2])
return { 'forgotten' }
