-- Deletes the failures of a login name and its devices up to the time when its owner proved the identity, or its account was
-- deleted. Later ones stay, so that events may arrive late and twice. The client ranges and the tenant keep their counts.
-- KEYS[1] failures of the name (hash)   KEYS[2] known devices of the name (sorted set by expiry)
-- ARGV[1] until when (ms)   ARGV[2] prefix of the keys of its devices' failures (string); they are in the same slot
-- ARGV[3] how long a device is known after its last login (ms), if the devices are deleted too; else empty
-- Result: { deleted devices }
local function forget(key)
  local last = redis.call('HGET', key, 'last')
  if last and tonumber(last) <= tonumber(ARGV[1]) then
    redis.call('DEL', key)
  end
end

forget(KEYS[1])
for _, device in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  forget(ARGV[2] .. device)
end
if ARGV[3] == '' then
  return { '0' }
end
return { tostring(redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', ARGV[1] + ARGV[3]))) }
