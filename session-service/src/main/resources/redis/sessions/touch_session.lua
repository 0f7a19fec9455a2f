-- Returns an open session, and extends its idle timeout when its last recorded use is at least an interval ago. A replaced
-- token is valid for its session until its grace period ends. If the index has lost the session, or is lost itself, the
-- session is added again, unless it should have ended in the meantime: then it ends.
-- KEYS[1] session hash, or the entry of a replaced token; the session itself, and the account's index and lowest valid
-- credentials version, named in its fields index and mark, are in the same slot
-- ARGV[1] now (ms)   ARGV[2] idle timeout (ms)   ARGV[3] interval (ms)   ARGV[4] token hash
-- ARGV[5] prefix of the token hash in a session's key (string)   ARGV[6] signal channel
-- ARGV[7..] names of the fields to return
-- Result: their values; empty when no session is open.
local now = tonumber(ARGV[1])
local key, hash = KEYS[1], ARGV[4]

local function read(from)
  return unpack(redis.call('HMGET', from, 'index', 'session_id', 'last_activity_at', 'expires_at', 'ends_at', 'successor',
    'mark', 'credentials_version'))
end
local index, id, noted, expiry, absolute_end, successor, mark, version = read(key)
local grace_end
if successor then
  if now >= tonumber(expiry) then
    return {}
  end
  key, hash, grace_end = ARGV[5] .. successor, successor, expiry
  index, id, noted, expiry, absolute_end, successor, mark, version = read(key)
end
-- A key's own TTL follows this server's clock, the comparisons the callers' clocks; the earlier one decides.
if not index or now >= tonumber(expiry) then
  return {}
end
local member = id .. ':' .. hash
local indexed = redis.call('ZSCORE', index, member)
if not indexed and was_passed_over(mark, version) then
  redis.call('DEL', KEYS[1], key)
  redis.call('PUBLISH', ARGV[6], 'revoked ' .. id)
  return {}
end
if now - noted >= tonumber(ARGV[3]) then
  expiry = math.min(now + ARGV[2], absolute_end)
  redis.call('HSET', key, 'last_activity_at', now, 'expires_at', expiry)
  redis.call('PEXPIRE', key, expiry - now)
  index_session(index, member, expiry, absolute_end, now)
elseif not indexed then
  index_session(index, member, expiry, absolute_end, now)
end

local values = redis.call('HMGET', key, unpack(ARGV, 7))
if grace_end then
  for i = 7, #ARGV do
    if ARGV[i] == 'expires_at' and tonumber(grace_end) < tonumber(expiry) then
      values[i - 6] = grace_end
    end
  end
end
return values
