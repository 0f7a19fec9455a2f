-- Ends an operation. A worker that has its lease loses it. Needs operation_functions.lua in front of it.
-- KEYS[1] queue  KEYS[2] operation  KEYS[3] its keys  KEYS[4] open operations of the tenant  KEYS[5] all of them
-- ARGV[1] tenant  ARGV[2] id  ARGV[3] how long all is kept after a change, in ms (int)
-- Result: { 'cancelled' }, { 'ended' } if it had, or { 'missing' }
local held = redis.call('HMGET', KEYS[2], 'state', 'token')
if not held[1] then
  return { 'missing' }
end
if held[1] ~= 'waiting' and held[1] ~= 'running' then
  return { 'ended' }
end
local now = now_us()
end_operation(KEYS[2], KEYS[3], KEYS[4], ARGV[2], 'cancelled', '', now)
if held[2] then
  requeue(KEYS[1], KEYS[4], ARGV[1], now)
end
keep(ARGV[3], KEYS)
return { 'cancelled' }
