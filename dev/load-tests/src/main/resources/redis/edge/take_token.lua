-- Takes one token out of a bucket: the least that a rate limit does in Redis.
--
-- KEYS[1]  bucket: a hash with the fields tokens (number) and at (seconds)
-- ARGV[1]  tokens that are added each second (integer)
-- ARGV[2]  the most tokens that the bucket holds (integer)
--
-- Returns 1 if a token was taken, 0 if the bucket is empty.

local rate = tonumber(ARGV[1])
local capacity = tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(bucket[1]) or capacity
local at = tonumber(bucket[2]) or now
tokens = math.min(capacity, tokens + math.max(0, now - at) * rate)
local taken = 0
if tokens >= 1 then
    tokens = tokens - 1
    taken = 1
end
redis.call('HSET', KEYS[1], 'tokens', tokens, 'at', now)
redis.call('PEXPIRE', KEYS[1], 2000)
return taken
