-- Gives a session a new token. The old one stays valid for a grace period, in which every refresh with it returns the same
-- new one. During that time the new one is not replaced either: a refresh with it returns it again. So each replaced token
-- has its whole grace period, and a session never has more than two tokens.
-- KEYS[1] session hash under the old token   KEYS[2] session hash under the new one, derived from the old one and a salt
-- ARGV[1] now (ms)   ARGV[2] idle timeout (ms)   ARGV[3] grace (ms)   ARGV[4] id of the session that is meant
-- ARGV[5] hash of the old token   ARGV[6] hash of the new one   ARGV[7] salt (string)
-- ARGV[8] prefix of the token hash in a session's key (string)   ARGV[9] signal channel
-- ARGV[10..] names of the fields to return
-- Result: { salt of the new token, or nothing when the old one stays, values of the fields ... }; empty when there is no
-- such open session.
local now = tonumber(ARGV[1])
local id, index, expiry, absolute_end, previous, successor, salt, mark, version = unpack(redis.call('HMGET', KEYS[1],
  'session_id', 'index', 'expires_at', 'ends_at', 'previous', 'successor', 'salt', 'mark', 'credentials_version'))

local function answer(key, with_salt)
  local values = redis.call('HMGET', key, unpack(ARGV, 10))
  table.insert(values, 1, with_salt)
  return values
end

if id ~= ARGV[4] or now >= tonumber(expiry) then
  return {}
end
if successor then
  local key = ARGV[8] .. successor
  local expires_at = redis.call('HGET', key, 'expires_at')
  -- The session has ended, and this token with it.
  if not expires_at or now >= tonumber(expires_at) then
    return {}
  end
  return answer(key, salt)
end

if not redis.call('ZSCORE', index, id .. ':' .. ARGV[5]) and was_passed_over(mark, version) then
  redis.call('DEL', KEYS[1])
  redis.call('PUBLISH', ARGV[9], 'revoked ' .. id)
  return {}
end
if previous then
  local until_then = redis.call('HGET', ARGV[8] .. previous, 'expires_at')
  if until_then and now < tonumber(until_then) then
    return answer(KEYS[1], '')
  end
  -- By the callers' clocks its grace period is over; even if a clock is behind, no token leads to one that was replaced.
  redis.call('DEL', ARGV[8] .. previous)
end

local slid = math.min(now + ARGV[2], absolute_end)
local grace_end = math.min(now + ARGV[3], slid)
redis.call('RENAME', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[2], 'previous', ARGV[5], 'last_activity_at', now, 'expires_at', slid)
redis.call('PEXPIRE', KEYS[2], slid - now)
redis.call('HSET', KEYS[1], 'session_id', id, 'successor', ARGV[6], 'salt', ARGV[7], 'expires_at', grace_end)
redis.call('PEXPIRE', KEYS[1], grace_end - now)
redis.call('ZREM', index, id .. ':' .. ARGV[5])
index_session(index, id .. ':' .. ARGV[6], slid, absolute_end, now)
redis.call('PUBLISH', ARGV[9], 'rotated ' .. id)
return answer(KEYS[2], ARGV[7])
