-- Writes a gateways' document into the copy, unless it has the same or a later version, and tells the subscribers if it wrote it.
-- KEYS[1] the copy (hash: name, JSON with the version)
-- ARGV[1] channel (string)    ARGV[2] name (string)    ARGV[3] version (int)    ARGV[4] the document (JSON)
-- Result: { '1' if it was written, else '0' (string) }
local stored = redis.call('HGET', KEYS[1], ARGV[2])
local readable, former = pcall(cjson.decode, stored or '')
if readable and type(former) == 'table' and type(former.version) == 'number' and former.version >= tonumber(ARGV[3]) then
  return { '0' }
end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[4])
redis.call('PUBLISH', ARGV[1], ARGV[4])
return { '1' }
