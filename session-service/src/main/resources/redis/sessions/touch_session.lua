-- Answers with an open session, and slides its idle end when its last use was noted an interval ago or longer.
-- KEYS[1] session hash; the account's index in the same slot is named in its field index
-- ARGV[1] now (ms)   ARGV[2] idle timeout (ms)   ARGV[3] interval (ms)   ARGV[4] token hash
-- ARGV[5..] names of the fields to answer with
-- Result: their values; empty when no session is open.
local now = tonumber(ARGV[1])
local id, index, noted, expiry, absolute_end =
  unpack(redis.call('HMGET', KEYS[1], 'session_id', 'index', 'last_activity_at', 'expires_at', 'ends_at'))
-- The key's own TTL runs on this server's clock, this comparison on the callers'; whichever is first counts.
if not id or now >= tonumber(expiry) then
  return {}
end
if now - noted >= tonumber(ARGV[3]) then
  local slid = math.min(now + ARGV[2], absolute_end)
  redis.call('HSET', KEYS[1], 'last_activity_at', now, 'expires_at', slid)
  redis.call('PEXPIRE', KEYS[1], slid - now)
  redis.call('ZADD', index, 'XX', slid, id .. ':' .. ARGV[4])
end
return redis.call('HMGET', KEYS[1], unpack(ARGV, 5))
