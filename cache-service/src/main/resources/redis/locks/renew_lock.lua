-- Extends a lock from now on, at most until the end of its maximum life. Needs index_functions.lua in front of it.
-- KEYS[1] lock (hash, see acquire_lock.lua)  KEYS[2] index (sorted set)
-- ARGV[1] SHA-256 of the token  ARGV[2] escaped name  ARGV[3] time to live in ms (int)
-- Result: { 'renewed', fence, acquired_at, expires_at, renewable_until }, or { 'lost' } if the token does not hold the lock
local held = redis.call('HMGET', KEYS[1], 'owner', 'fence', 'acquired_at', 'renewable_until')
if held[1] ~= ARGV[1] then
  return { 'lost' }
end
local time = redis.call('TIME')
local now = math.floor((time[1] * 1000000 + time[2]) / 1000)
local expires_at = math.min(now + tonumber(ARGV[3]), tonumber(held[4]))
local expires_at_text = string.format('%.0f', expires_at)
redis.call('HSET', KEYS[1], 'expires_at', expires_at_text)
redis.call('PEXPIREAT', KEYS[1], expires_at_text)
index(KEYS[2], ARGV[2], expires_at)
return { 'renewed', held[2], held[3], expires_at_text, held[4] }
