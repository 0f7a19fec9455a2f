-- Asks for the lease with which one client in the whole cluster loads an entry.
-- Needs entry_functions.lua and load_functions.lua in front of it, which describe KEYS[1] to [5], ARGV[1] and [2].
-- ARGV[3] token of the client  ARGV[4] length of the lease in ms (int)  ARGV[5] the caller's clock (ms since the epoch)
-- ARGV[6] how the entry was loaded that is to be loaded again although it has not expired (text), else empty
-- ARGV[7] its escaped name
-- Result: { 'found' } if there is an entry that has not expired; { 'leased' };
-- { 'loading' or, if the last client has failed, 'failed', for how many ms }
local tag = valid_tag(KEYS[5])
local held = redis.call('HMGET', KEYS[5], 'expires_at', 'lease', 'lease_until', 'loaded')
if tag and tonumber(held[1]) > tonumber(ARGV[5]) and (not held[4] or held[4] ~= ARGV[6]) then
  return { 'found' }
end
local now = math.floor(now_us() / 1000)
if held[2] and tonumber(held[3]) > now then
  return { held[2] == '' and 'failed' or 'loading', text(held[3] - now) }
end
-- Otherwise the sweep would remove the lease with the entry.
if not tag then
  redis.call('UNLINK', KEYS[5])
  forget(ARGV[7])
else
  local before = redis.call('ZSCORE', KEYS[2], ARGV[7])
  local second = second_after(math.ceil(ARGV[4] / 1000))
  if before and math.floor(before / SECOND) < second then
    index(ARGV[7], before % SECOND, second)
  end
end
redis.call('HSET', KEYS[5], 'lease', ARGV[3], 'lease_at', text(next_time()), 'lease_until', text(now + ARGV[4]))
keep_for(KEYS[5], ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return { 'leased' }
