-- Writes tenants into the copy, unless it has a later version of them, and tells the subscribers of each one it wrote.
-- KEYS[1] the copy (hash: id, JSON with the version)
-- ARGV[1] channel (string)    ARGV[2] field that marks the copy as complete, or '' to leave it as it is (string)
-- ARGV[3..] for each tenant its id (string), its version (int) and its JSON (string)
-- Result: { number of tenants written (int as string) }
local written = 0
for i = 3, #ARGV, 3 do
  local id, version, record = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
  local stored = redis.call('HGET', KEYS[1], id)
  if not stored or cjson.decode(stored).version < version then
    redis.call('HSET', KEYS[1], id, record)
    redis.call('PUBLISH', ARGV[1], record)
    written = written + 1
  end
end
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], ARGV[2], '1')
end
return { tostring(written) }
