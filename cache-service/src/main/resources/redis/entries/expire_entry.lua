-- Sets the time to live of an entry.
-- Needs entry_functions.lua in front of it, which describes KEYS[1] to [4], ARGV[1] and [2].
-- KEYS[5] entry (hash)
-- ARGV[3] time to live in s (int)  ARGV[4] when the entry expires by the caller's clock (ms since the epoch)
-- ARGV[5] its escaped name
-- Result: { '1', or '0' when there is none }
if not current_tag(KEYS[5]) then
  return { '0' }
end
end_load(KEYS[5])
redis.call('EXPIRE', KEYS[5], ARGV[3])
redis.call('HSET', KEYS[5], 'expires_at', ARGV[4])
local before = redis.call('ZSCORE', KEYS[2], ARGV[5])
index(ARGV[5], before and before % SECOND or 1, second_after(tonumber(ARGV[3])))
return { '1' }
