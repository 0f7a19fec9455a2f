-- Answers with the open sessions of an account, and removes from its index what is none any more.
-- KEYS[1] the account's index; the sessions that it names lie in the same slot
-- ARGV[1] now (ms)   ARGV[2] what stands before the token hash in a session's key (string)
-- ARGV[3..] names of the fields to answer with, session_id first
-- Result: their values, session after session, by expiry.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
local result = {}
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local fields = redis.call('HMGET', ARGV[2] .. string.sub(member, 38), unpack(ARGV, 3))
  if fields[1] then
    for _, value in ipairs(fields) do
      result[#result + 1] = value
    end
  else
    -- Evicted, or ended by this server's clock: only the index still knew of it.
    redis.call('ZREM', KEYS[1], member)
  end
end
return result
