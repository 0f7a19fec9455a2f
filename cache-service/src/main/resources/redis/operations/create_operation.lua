-- Adds an operation, unless too many of the tenant are open. Of those that have ended, the oldest make room in the list.
-- Needs operation_functions.lua in front of it.
-- KEYS[1] queue  KEYS[2] operation  KEYS[3] its keys  KEYS[4] open operations of the tenant  KEYS[5] all of them
-- ARGV[1] tenant  ARGV[2] id  ARGV[3] what the keys of the tenant's operations begin with  ARGV[4] most open (int)
-- ARGV[5] most in the list (int)  ARGV[6] how long all is kept after a change, in ms (int)  ARGV[7] kind  ARGV[8] namespace
-- ARGV[9] pattern  ARGV[10] total (int)  ARGV[11], … keys
-- Result: { 'created', ms since 1970 } or { 'full' }
if redis.call('ZCARD', KEYS[4]) >= tonumber(ARGV[4]) then
  return { 'full' }
end
local now = now_us()
local all = redis.call('ZRANGE', KEYS[5], 0, -1)
local surplus = #all + 1 - ARGV[5]
for _, id in ipairs(all) do
  if surplus > 0 and not redis.call('ZSCORE', KEYS[4], id) then
    redis.call('UNLINK', ARGV[3] .. id)
    redis.call('ZREM', KEYS[5], id)
    surplus = surplus - 1
  end
end
redis.call('HSET', KEYS[2], 'kind', ARGV[7], 'namespace', ARGV[8], 'pattern', ARGV[9], 'state', 'waiting', 'total', ARGV[10],
  'done', 0, 'changed', 0, 'failed', 0, 'cursor', '', 'reason', '', 'attempts', 0, 'created_at', ms(now))
for i = 11, #ARGV do
  redis.call('RPUSH', KEYS[3], ARGV[i])
end
redis.call('ZADD', KEYS[4], text(now), ARGV[2])
redis.call('ZADD', KEYS[5], text(now), ARGV[2])
redis.call('ZADD', KEYS[1], 'NX', text(now), ARGV[1])
keep(ARGV[6], KEYS)
return { 'created', ms(now) }
