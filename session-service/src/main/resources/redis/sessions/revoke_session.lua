-- Ends one session of an account, and writes the news of it if it was still open.
-- KEYS[1] the account's index; the session that it names lies in the same slot   KEYS[2] outbox stream
-- ARGV[1] session id   ARGV[2] what stands before the token hash in a session's key (string)
-- ARGV[3] StoredEvent of SessionRevoked (JSON)   ARGV[4] wake channel   ARGV[5] partition (int)
-- Result: { 1 when it was open, else 0 }
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if string.sub(member, 1, 36) == ARGV[1] then
    redis.call('ZREM', KEYS[1], member)
    local was_open = redis.call('DEL', ARGV[2] .. string.sub(member, 38))
    if was_open == 1 then
      redis.call('XADD', KEYS[2], '*', 'event', ARGV[3])
      redis.call('PUBLISH', ARGV[4], ARGV[5])
    end
    return { tostring(was_open) }
  end
end
return { '0' }
