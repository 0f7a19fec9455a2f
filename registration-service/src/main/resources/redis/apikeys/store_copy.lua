-- Stores the copy of an API key and signals it to the gateways, unless Redis has this or a later version of it.
-- KEYS[1] copy (string, JSON with the field version)
-- ARGV[1] version (int)   ARGV[2] the copy (JSON)   ARGV[3] TTL in ms (int)   ARGV[4] channel   ARGV[5] signal
-- Result: { 'stored' }, { 'known' } with only the TTL renewed, or { 'outdated' } with nothing written
local stored = redis.call('GET', KEYS[1])
if stored then
  local readable, copy = pcall(cjson.decode, stored)
  local version = readable and type(copy) == 'table' and tonumber(copy.version) or 0
  if version == tonumber(ARGV[1]) then
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return { 'known' }
  elseif version > tonumber(ARGV[1]) then
    return { 'outdated' }
  end
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return { 'stored' }
