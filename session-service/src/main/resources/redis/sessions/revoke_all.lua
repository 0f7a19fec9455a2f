-- Ends the sessions of an account, all or all but one, and writes the news of each.
-- KEYS[1] the account's index; the sessions that it names lie in the same slot   KEYS[2] outbox stream
-- ARGV[1] id of the session that stays (string, may be empty)   ARGV[2] end those opened until then (ms)
-- ARGV[3] what stands before the token hash in a session's key (string)
-- ARGV[4] StoredEvent of SessionRevoked (JSON) for a session that does not exist; each one's own id is put in
-- ARGV[5] wake channel   ARGV[6] partition (int)
-- Result: { number of sessions that were open and are ended }
local template = cjson.decode(ARGV[4])
local data = cjson.decode(template.data)
local seed = template.id

-- The same for the same event and session, whoever computes it, in the form of a UUID of version 8 (RFC 9562).
local function event_id(session_id)
  local hex = redis.sha1hex(seed .. ':' .. session_id)
  return string.format('%s-%s-8%s-8%s-%s', string.sub(hex, 1, 8), string.sub(hex, 9, 12), string.sub(hex, 13, 15),
    string.sub(hex, 16, 18), string.sub(hex, 19, 30))
end

local ended = 0
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local session_id = string.sub(member, 1, 36)
  local key = ARGV[3] .. string.sub(member, 38)
  local opened_at = redis.call('HGET', key, 'created_at')
  if not opened_at then
    redis.call('ZREM', KEYS[1], member)
  elseif session_id ~= ARGV[1] and tonumber(opened_at) <= tonumber(ARGV[2]) then
    redis.call('DEL', key)
    redis.call('ZREM', KEYS[1], member)
    data.session_id = session_id
    template.id = event_id(session_id)
    template.data = cjson.encode(data)
    redis.call('XADD', KEYS[2], '*', 'event', cjson.encode(template))
    ended = ended + 1
  end
end
if ended > 0 then
  redis.call('PUBLISH', ARGV[5], ARGV[6])
end
return { tostring(ended) }
