-- Removes a pending registration that has its account or was deleted, unless a newer one has taken its place, and remembers
-- that it is gone, for a script that saves it and comes late.
-- KEYS[1] pending registration (hash)   KEYS[2] address of the registration's id (string)
-- KEYS[3] index of the tenant by expiry (sorted set)   KEYS[4] the same of all tenants
-- ARGV[1] id of the registration (string)   ARGV[2] hash of the address (string)   ARGV[3] the same with its tenant (string)
-- ARGV[4] ms to remember it (int)
-- Result: { 'dropped' } or { 'kept' }
redis.call('SET', KEYS[2], 'gone', 'PX', ARGV[4])
if redis.call('HGET', KEYS[1], 'registration_id') ~= ARGV[1] then
  return { 'kept' }
end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[3], ARGV[2])
redis.call('ZREM', KEYS[4], ARGV[3])
return { 'dropped' }
