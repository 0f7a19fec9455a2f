-- Gives back the lease. After a failure others wait before they ask the origin again.
-- Needs entry_functions.lua and load_functions.lua in front of it, which describe KEYS[1] to [5], ARGV[1] and [2].
-- ARGV[3] token  ARGV[4] for how many ms the others wait (int)
-- Result: { }
if redis.call('HGET', KEYS[5], 'lease') == ARGV[3] then
  redis.call('HSET', KEYS[5], 'lease', '', 'lease_until', text(math.floor(now_us() / 1000) + ARGV[4]))
  keep_for(KEYS[5], ARGV[4])
end
return {}
