-- Stores what a client with the lease has loaded.
-- Needs entry_functions.lua and load_functions.lua in front of it, which describe KEYS[1] to [5], ARGV[1] to [3].
-- ARGV[4] token  ARGV[5] content type  ARGV[6] entity tag, empty if the origin does not have the entry  ARGV[7] body (bytes)
-- ARGV[8] time to live in s (int)  ARGV[9] for how many s it is kept after that (int)
-- ARGV[10] when it expires by the caller's clock (ms since the epoch)  ARGV[11] its escaped name
-- ARGV[12] tags for invalidation (separated by spaces)  ARGV[13] how it was loaded (text)
-- Result: { 'stored' }; { 'lost' } if it was changed or invalidated since, or { 'full' }: nothing is stored then
if not may_store(ARGV[4], ARGV[12]) then
  return { 'lost' }
end
if not has_room(ARGV[11], ARGV[5], #ARGV[7], ARGV[12]) then
  redis.call('HDEL', KEYS[5], 'lease', 'lease_at', 'lease_until')
  return { 'full' }
end
store(KEYS[5], ARGV[11], ARGV[5], ARGV[6], ARGV[7], ARGV[8] + ARGV[9], ARGV[10], ARGV[12])
redis.call('HSET', KEYS[5], 'loaded', ARGV[13])
return { 'stored' }
