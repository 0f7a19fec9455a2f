-- Removes the cached profile after a change, and stores the time of the change, so that an older profile that was read before
-- is not cached afterwards. A profile of this or a later change stays.
-- KEYS[1] profile (hash)
-- ARGV[1] when the profile changed, in ms since 1970 (int)   ARGV[2] TTL of the mark in ms (int)
-- Result: { 'outdated' }, or { 'stays' } with nothing written
local changed_at = redis.call('HGET', KEYS[1], 'changed_at')
if changed_at and tonumber(changed_at) >= tonumber(ARGV[1]) then
  return { 'stays' }
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'changed_at', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { 'outdated' }
