-- Reads an entry and its remaining time to live atomically.
-- KEYS[1] entry (hash)
-- Result: { ms left, content type, entity tag, body (bytes) }; empty when there is no entry
local entry = redis.call('HMGET', KEYS[1], 'type', 'tag', 'body')
if not entry[1] then
  return {}
end
return { tostring(redis.call('PTTL', KEYS[1])), entry[1], entry[2], entry[3] }
