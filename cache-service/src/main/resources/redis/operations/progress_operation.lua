-- Stores the progress of an operation and gives its lease back, if the worker still has it. The operation goes on later, or has ended.
-- Needs operation_functions.lua in front of it.
-- KEYS[1] queue  KEYS[2] operation  KEYS[3] its keys  KEYS[4] open operations of the tenant  KEYS[5] all of them
-- ARGV[1] tenant  ARGV[2] id  ARGV[3] token  ARGV[4] how long all is kept after a change, in ms (int)  ARGV[5] cursor
-- ARGV[6] done  ARGV[7] changed  ARGV[8] failed: how many more (int)  ARGV[9] pause until it goes on, in ms (int)
-- ARGV[10] 'done' or 'failed' if it has ended, else empty  ARGV[11] reason of a failure
-- Result: { 'stored' }, or { 'lost' } if another worker has the lease or the operation has ended
if redis.call('HGET', KEYS[2], 'token') ~= ARGV[3] then
  return { 'lost' }
end
local now = now_us()
redis.call('HINCRBY', KEYS[2], 'done', ARGV[6])
redis.call('HINCRBY', KEYS[2], 'changed', ARGV[7])
redis.call('HINCRBY', KEYS[2], 'failed', ARGV[8])
if ARGV[10] == '' then
  redis.call('HSET', KEYS[2], 'cursor', ARGV[5], 'attempts', 0)
  redis.call('HDEL', KEYS[2], 'token')
  redis.call('ZADD', KEYS[4], text(now + ARGV[9] * 1000), ARGV[2])
else
  end_operation(KEYS[2], KEYS[3], KEYS[4], ARGV[2], ARGV[10], ARGV[11], now)
end
-- The pause is the tenant's: its other operations must not take the place of this one.
requeue(KEYS[1], KEYS[4], ARGV[1], now + ARGV[9] * 1000)
keep(ARGV[4], KEYS)
return { 'stored' }
