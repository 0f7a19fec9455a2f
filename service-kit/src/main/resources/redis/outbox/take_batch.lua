-- Reads the oldest entries of one partition's outbox for the relay that holds (or now gets) its lease.
-- KEYS[1] outbox stream   KEYS[2] lease of the relay
-- ARGV[1] owner (string)  ARGV[2] lease in ms (int)  ARGV[3] most entries (int)
-- Result: entry id, event, entry id, event, ... ; empty when there is nothing or another relay holds the lease. The lease
-- only keeps two relays from doing the same work: consumers detect an entry that was sent twice by its event id.
if redis.call('XLEN', KEYS[1]) == 0 then
  return {}
end
local owner = redis.call('GET', KEYS[2])
if owner and owner ~= ARGV[1] then
  return {}
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
local result = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[3])) do
  result[#result + 1] = entry[1]
  result[#result + 1] = entry[2][2]
end
return result
