-- Writes a new session and the news of it.
-- KEYS[1] session hash   KEYS[2] the account's index   KEYS[3] outbox stream
-- ARGV[1] now (ms)   ARGV[2] expiry (ms)   ARGV[3] absolute end (ms)   ARGV[4] index member (session id:token hash)
-- ARGV[5] StoredEvent of SessionOpened (JSON)   ARGV[6] wake channel   ARGV[7] partition (int)
-- ARGV[8..] field, value, field, value, ... of the session
-- Result: { number of other open sessions }; empty when this very session was written before, which happens when a lost
-- connection made the client send the script twice.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return {}
end
local now = tonumber(ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local others = redis.call('ZCARD', KEYS[2])

-- The event is whole but for this number, which nobody can know before this script runs. Nothing is written before it is
-- decoded, because an error undoes nothing.
local event = cjson.decode(ARGV[5])
local opened = cjson.decode(event.data)
opened.other_sessions = others
event.data = cjson.encode(opened)

redis.call('HSET', KEYS[1], 'index', KEYS[2], unpack(ARGV, 8))
redis.call('PEXPIRE', KEYS[1], ARGV[2] - now)
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[4])
redis.call('PEXPIRE', KEYS[2], math.max(ARGV[3] - now, redis.call('PTTL', KEYS[2])))
redis.call('XADD', KEYS[3], '*', 'event', cjson.encode(event))
redis.call('PUBLISH', ARGV[6], ARGV[7])
return { tostring(others) }
