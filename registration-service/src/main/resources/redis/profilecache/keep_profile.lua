-- Caches a profile, unless there is a newer one or the mark of a later change.
-- KEYS[1] profile (hash)
-- ARGV[1] when the profile last changed, in ms since 1970 (int)   ARGV[2] the profile (JSON)   ARGV[3] TTL in ms (int)
-- Result: { 'kept' }, or { 'outdated' } with nothing written
local changed_at = redis.call('HGET', KEYS[1], 'changed_at')
if changed_at and tonumber(changed_at) > tonumber(ARGV[1]) then
  return { 'outdated' }
end
redis.call('HSET', KEYS[1], 'changed_at', ARGV[1], 'profile', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { 'kept' }
