-- Lists a part of an index, earliest expiry first. Removes expired entries.
-- KEYS[1] index by expiry (sorted set)
-- ARGV[1] now in ms since 1970 (int)   ARGV[2] most entries (int)
-- ARGV[3] last member of the previous part, or ''   ARGV[4] its expiry in ms, or 0 (int)
-- Result: member, expiry, member, expiry, ...
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
local first = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. ARGV[4])
if ARGV[3] ~= '' and redis.call('ZSCORE', KEYS[1], ARGV[3]) == ARGV[4] then
  first = redis.call('ZRANK', KEYS[1], ARGV[3]) + 1
end
return redis.call('ZRANGE', KEYS[1], first, first + ARGV[2] - 1, 'WITHSCORES')
