-- Returns an open session, and extends its idle timeout when its last recorded use is at least an interval ago. A replaced
-- token is valid for its session until its grace period ends. If the index has lost the session, or is lost itself, the
-- session is added again, unless it should have ended in the meantime: then it ends.
-- KEYS[1] session hash, or the entry of a replaced token; the session itself, and the account's index and lowest valid
-- credentials version, named in its fields index and mark, are in the same slot
-- ARGV[1] now (ms)   ARGV[2] idle timeout (ms)   ARGV[3] interval (ms)   ARGV[4] token hash
-- ARGV[5] prefix of the token hash in a session's key (string)   ARGV[6] signal channel
-- Result: the values of the fields up to ends_at; empty when no session is open.
local now = tonumber(ARGV[1])
local key, hash = KEYS[1], ARGV[4]

-- In the order of SessionFields; the last three are not returned.
local function read(from)
  return redis.call('HMGET', from, 'session_id', 'tenant', 'account', 'roles', 'locale', 'credentials_version', 'device_id',
    'device_name', 'user_agent', 'client_address', 'created_at', 'last_activity_at', 'expires_at', 'ends_at', 'index',
    'mark', 'successor')
end
local ID, VERSION, NOTED, EXPIRY, END, INDEX, MARK, SUCCESSOR = 1, 6, 12, 13, 14, 15, 16, 17

local session = read(key)
local grace_end
if session[SUCCESSOR] then
  grace_end = tonumber(session[EXPIRY])
  if now >= grace_end then
    return {}
  end
  hash = session[SUCCESSOR]
  key = ARGV[5] .. hash
  session = read(key)
end
local index = session[INDEX]
-- A key's own TTL follows this server's clock, the comparisons the callers' clocks; the earlier one decides.
if not index or now >= tonumber(session[EXPIRY]) then
  return {}
end
local member = session[ID] .. ':' .. hash
local indexed = redis.call('ZSCORE', index, member)
if not indexed and was_passed_over(session[MARK], session[VERSION]) then
  redis.call('DEL', KEYS[1], key)
  redis.call('PUBLISH', ARGV[6], 'revoked ' .. session[ID])
  return {}
end
local used = now - session[NOTED] >= tonumber(ARGV[3])
if used then
  local expiry = math.min(now + ARGV[2], session[END])
  session[NOTED], session[EXPIRY] = ARGV[1], string.format('%.0f', expiry)
  redis.call('HSET', key, 'last_activity_at', session[NOTED], 'expires_at', session[EXPIRY])
  redis.call('PEXPIRE', key, expiry - now)
end
if used or not indexed then
  index_session(index, member, session[EXPIRY], session[END], now)
end

if grace_end and grace_end < tonumber(session[EXPIRY]) then
  session[EXPIRY] = string.format('%.0f', grace_end)
end
-- A reply ends at the first missing element.
session[INDEX] = nil
return session
