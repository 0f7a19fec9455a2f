-- Keeps an entry for longer, because the origin has not changed it.
-- Needs entry_functions.lua and load_functions.lua in front of it, which describe KEYS[1] to [5], ARGV[1] and [2].
-- ARGV[3] token  ARGV[4] time to live in s (int)  ARGV[5] for how many s it is kept after that (int)
-- ARGV[6] when it expires by the caller's clock (ms since the epoch)  ARGV[7] its escaped name  ARGV[8] how it was loaded (text)
-- Result: { 'stored' }, or { 'lost' } if it was changed or invalidated since
if not may_store(ARGV[3], '') then
  return { 'lost' }
end
if not valid_tag(KEYS[5]) then
  redis.call('HDEL', KEYS[5], 'lease', 'lease_at', 'lease_until')
  return { 'lost' }
end
end_load(KEYS[5])
redis.call('HSET', KEYS[5], 'loaded', ARGV[8], 'expires_at', ARGV[6])
redis.call('EXPIRE', KEYS[5], ARGV[4] + ARGV[5])
local before = redis.call('ZSCORE', KEYS[2], ARGV[7])
index(ARGV[7], before and before % SECOND or 1, second_after(ARGV[4] + ARGV[5]))
return { 'stored' }
