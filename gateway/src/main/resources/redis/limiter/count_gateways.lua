-- Writes a gateway's sign of life, drops the gateways without one for too long, and counts the rest.
-- KEYS[1] gateways by their last sign of life in ms since 1970 (sorted set)
-- ARGV[1] id of the gateway   ARGV[2] ms after which a gateway without a sign of life is gone (int)
-- Result: { how many gateways are running (int) }
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { redis.call('ZCARD', KEYS[1]) }
