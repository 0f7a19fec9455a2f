-- Ends the sessions of an account except one, and writes an event for each: all others, or those that were opened with
-- outdated credentials. In the second case a concurrent login with such credentials finds the mark that is written here, and
-- opens no session.
-- KEYS[1] the account's index; its sessions are in the same slot   KEYS[2] outbox stream
-- KEYS[3] the account's lowest valid credentials version
-- ARGV[1] prefix of the token hash in a session's key (string)
-- ARGV[2] StoredEvent of SessionRevoked (JSON) for a session that does not exist; the id of each session replaces it
-- ARGV[3] wake channel   ARGV[4] partition (int)   ARGV[5] signal channel
-- ARGV[6] id of the session that stays, with the new credentials (string, may be empty)
-- ARGV[7] lowest valid credentials version (int); "none" when no credentials are valid; "any" when all are
-- ARGV[8] TTL of the mark (ms)
-- Result: { number of open sessions that were ended }
local with = ending(KEYS[1], KEYS[2], ARGV[1], ARGV[5], ARGV[2])
local everyone = ARGV[7] == 'any' or ARGV[7] == 'none'
local valid_from = not everyone and tonumber(ARGV[7])

if ARGV[7] ~= 'any' then
  -- A late or repeated event must not lower it.
  local mark = redis.call('GET', KEYS[3])
  if not mark or ARGV[7] == 'none' or mark ~= 'none' and tonumber(mark) < valid_from then
    redis.call('SET', KEYS[3], ARGV[7], 'PX', ARGV[8])
  end
end

local ended = 0
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local key = ARGV[1] .. string.sub(member, 38)
  local id, version = unpack(redis.call('HMGET', key, 'session_id', 'credentials_version'))
  if not id then
    redis.call('ZREM', KEYS[1], member)
  elseif everyone or tonumber(version or 0) < valid_from then
    if id ~= ARGV[6] then
      end_session(with, member)
      ended = ended + 1
    elseif valid_from then
      redis.call('HSET', key, 'credentials_version', ARGV[7])
    end
  end
end
if ended > 0 then
  redis.call('PUBLISH', ARGV[3], ARGV[4])
end
return { tostring(ended) }
