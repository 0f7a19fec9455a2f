-- Ends one session of an account, and writes its event if it was still open.
-- KEYS[1] the account's index; the session is in the same slot   KEYS[2] outbox stream
-- ARGV[1] prefix of the token hash in a session's key (string)
-- ARGV[2] StoredEvent of SessionRevoked (JSON) for a session that does not exist; the session's id replaces it
-- ARGV[3] wake channel   ARGV[4] partition (int)   ARGV[5] signal channel   ARGV[6] session id
-- Result: { 1 when it was open, else 0 }
local with = ending(KEYS[1], KEYS[2], ARGV[1], ARGV[5], ARGV[2])
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if string.sub(member, 1, 36) == ARGV[6] then
    if not end_session(with, member) then
      return { '0' }
    end
    redis.call('PUBLISH', ARGV[3], ARGV[4])
    return { '1' }
  end
end
return { '0' }
