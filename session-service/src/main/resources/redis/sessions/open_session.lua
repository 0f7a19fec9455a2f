-- Writes a new session and its event. If the account then has too many sessions, the oldest ones end.
-- KEYS[1] session hash   KEYS[2] the account's index; its sessions are in the same slot   KEYS[3] outbox stream
-- KEYS[4] the account's lowest valid credentials version
-- ARGV[1] now (ms)   ARGV[2] expiry (ms)   ARGV[3] absolute end (ms)   ARGV[4] index member (session id:token hash)
-- ARGV[5] credentials version of the login (int)   ARGV[6] most sessions of an account (int)
-- ARGV[7] what stands before the token hash in a session's key (string)
-- ARGV[7] prefix of the token hash in a session's key (string)
-- ARGV[10] wake channel   ARGV[11] partition (int)   ARGV[12] signal channel
-- ARGV[13..] field, value, field, value, ... of the session
-- Result: { opened }; { stale } when the credentials were replaced after the check; { repeated } when this session already
-- exists, because the client sent the script again after a lost connection.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return { 'repeated' }
end
local valid_from = redis.call('GET', KEYS[4])
if valid_from and (valid_from == 'none' or tonumber(ARGV[5]) < tonumber(valid_from)) then
  return { 'stale' }
end

local now, most = tonumber(ARGV[1]), tonumber(ARGV[6])
-- Only one number of the event is unknown until this script runs. The event is decoded before anything is written, because an
-- error does not undo writes.
local event = cjson.decode(ARGV[8])
local opened = cjson.decode(event.data)
local with = ending(KEYS[2], KEYS[3], ARGV[7], ARGV[12], ARGV[9])

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local others = redis.call('ZCARD', KEYS[2])
if others >= most then
  local by_age = {}
  for _, member in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
    local opened_at = redis.call('HGET', ARGV[7] .. string.sub(member, 38), 'created_at')
    if opened_at then
      by_age[#by_age + 1] = { tonumber(opened_at), member }
    else
      redis.call('ZREM', KEYS[2], member)
    end
  end
  others = #by_age
  table.sort(by_age, function(a, b) return a[1] < b[1] or a[1] == b[1] and a[2] < b[2] end)
  for i = 1, others - most + 1 do
    end_session(with, by_age[i][2])
  end
  others = math.min(others, most - 1)
end

opened.other_sessions = others
event.data = cjson.encode(opened)
redis.call('HSET', KEYS[1], 'index', KEYS[2], 'mark', KEYS[4], unpack(ARGV, 13))
redis.call('PEXPIRE', KEYS[1], ARGV[2] - now)
index_session(KEYS[2], ARGV[4], ARGV[2], ARGV[3], now)
redis.call('XADD', KEYS[3], '*', 'event', cjson.encode(event))
redis.call('PUBLISH', ARGV[10], ARGV[11])
return { 'opened' }
