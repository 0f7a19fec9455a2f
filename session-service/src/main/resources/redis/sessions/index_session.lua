-- A function for scripts that write sessions; stands in front of them.
-- Notes a session in its account's index, which lives for as long as the last session in it can.
-- index: key of the sorted set   member: session id:token hash   expiry, absolute_end, now: ms
local function index_session(index, member, expiry, absolute_end, now)
  redis.call('ZADD', index, expiry, member)
  if redis.call('PTTL', index) < absolute_end - now then
    redis.call('PEXPIRE', index, absolute_end - now)
  end
end
