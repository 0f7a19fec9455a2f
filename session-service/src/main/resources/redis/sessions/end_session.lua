-- Functions for scripts that end sessions; included in front of them.

-- Every caller computes the same id for the same event and session, in the form of a UUID of version 8 (RFC 9562).
local function event_id(seed, session_id)
  local hex = redis.sha1hex(seed .. ':' .. session_id)
  return string.format('%s-%s-8%s-8%s-%s', string.sub(hex, 1, 8), string.sub(hex, 9, 12), string.sub(hex, 13, 15),
    string.sub(hex, 16, 18), string.sub(hex, 19, 30))
end

-- Prepares end_session. Call it before anything is written, because an error does not undo writes.
-- index, outbox: keys   prefix: what stands before the token hash in a session's key   signals: channel
-- event: StoredEvent of SessionRevoked (JSON) for a session that does not exist; the id of each session replaces it
local function ending(index, outbox, prefix, signals, event)
  local template = cjson.decode(event)
  return { index = index, outbox = outbox, prefix = prefix, signals = signals, event = template, seed = template.id,
    data = cjson.decode(template.data) }
end

-- Ends the session of this index member (session id:token hash), including its old token in the grace period, and publishes
-- it, if it was still open.
-- Result: whether it was open.
local function end_session(with, member)
  local session_id = string.sub(member, 1, 36)
  local key = with.prefix .. string.sub(member, 38)
  local previous = redis.call('HGET', key, 'previous')
  redis.call('ZREM', with.index, member)
  if redis.call('DEL', key) == 0 then
    return false
  end
  if previous then
    redis.call('DEL', with.prefix .. previous)
  end
  with.data.session_id = session_id
  with.event.id = event_id(with.seed, session_id)
  with.event.data = cjson.encode(with.data)
  redis.call('XADD', with.outbox, '*', 'event', cjson.encode(with.event))
  redis.call('PUBLISH', with.signals, 'revoked ' .. session_id)
  return true
end
