-- Ends what a login name and its devices were counted for until its owner proved to be it, or until its account was deleted.
-- What came later stays, so that news may come late and twice. The client ranges and the tenant keep what they have counted.
-- KEYS[1] failures of the name (hash)   KEYS[2] devices that are known for the name (sorted set by expiry)
-- ARGV[1] until when (ms)   ARGV[2] what the keys of its devices' failures begin with (string); they are in the same slot
-- ARGV[3] how long a device is known after its last login (ms), where the devices are forgotten too; else empty
-- Result: { devices that were forgotten }
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
