-- Stores an entry whole, in the place of an earlier one, together with its time to live.
-- KEYS[1] entry (hash)
-- ARGV[1] time to live in s (int)  ARGV[2] content type  ARGV[3] entity tag  ARGV[4] body (bytes)
-- Result: { time to live in s }
redis.call('HSET', KEYS[1], 'type', ARGV[2], 'tag', ARGV[3], 'body', ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return { ARGV[1] }
