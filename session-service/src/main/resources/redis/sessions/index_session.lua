-- Functions for scripts that write sessions; stand in front of them.

-- Whether a session that its account's index does not name was opened with credentials that do not count any more: revoke_all
-- could not find it then.
-- mark: key of the account's lowest valid credentials version
-- version: the session's
local function was_passed_over(mark, version)
  local valid_from = redis.call('GET', mark)
  return valid_from and (valid_from == 'none' or tonumber(version) < tonumber(valid_from))
end

-- Notes a session in its account's index, which lives for as long as the last session in it can.
-- index: key of the sorted set   member: session id:token hash   expiry, absolute_end, now: ms
local function index_session(index, member, expiry, absolute_end, now)
  redis.call('ZADD', index, expiry, member)
  if redis.call('PTTL', index) < absolute_end - now then
    redis.call('PEXPIRE', index, absolute_end - now)
  end
end
