-- Returns the open sessions of an account, and removes ended ones from its index.
-- KEYS[1] the account's index; its sessions are in the same slot
-- ARGV[1] now (ms)   ARGV[2] prefix of the token hash in a session's key (string)
-- ARGV[3..] names of the fields to return, session_id first
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
    -- Evicted, or expired by this server's clock: only the index still listed it.
    redis.call('ZREM', KEYS[1], member)
  end
end
return result
