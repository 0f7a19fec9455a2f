-- Functions for scripts that write sessions; included in front of them.

-- Whether a session that is missing in its account's index was opened with outdated credentials: revoke_all could not find it
-- then.
-- mark: key of the account's lowest valid credentials version
-- version: the session's
local function was_passed_over(mark, version)
  local valid_from = redis.call('GET', mark)
  return valid_from and (valid_from == 'none' or tonumber(version) < tonumber(valid_from))
end

-- Adds a session to its account's index, which lives as long as its last session can.
-- index: key of the sorted set   member: session id:token hash   expiry, absolute_end, now: ms
local function index_session(index, member, expiry, absolute_end, now)
  redis.call('ZADD', index, expiry, member)
  if redis.call('PTTL', index) < absolute_end - now then
    redis.call('PEXPIRE', index, absolute_end - now)
  end
end
