-- Ends a lock before it expires, and announces that if a client waits for it.
-- KEYS[1] lock (hash, see acquire_lock.lua)  KEYS[2] index (sorted set)
-- ARGV[1] SHA-256 of the token  ARGV[2] escaped name  ARGV[3] channel  ARGV[4] message
-- ARGV[5] the claim that the lock must still have; empty for any
-- Result: { 'released' }, or { 'lost' } if the token does not hold the lock, or not by that claim
local held = redis.call('HMGET', KEYS[1], 'owner', 'claim', 'waited')
if held[1] ~= ARGV[1] or (ARGV[5] ~= '' and held[2] ~= ARGV[5]) then
  return { 'lost' }
end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[2])
if held[3] then
  redis.call('PUBLISH', ARGV[3], ARGV[4])
end
return { 'released' }
