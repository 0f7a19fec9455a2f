-- Reads the requests of one subject in several hours or days.
-- KEYS[i] counts (hash, see add_usage.lua)
-- ARGV[1] subject
-- Result: { requests of KEYS[1], of them refused, requests of KEYS[2], … } (int as string)
local counts = {}
for i = 1, #KEYS do
  local found = redis.call('HMGET', KEYS[i], ARGV[1], ARGV[1] .. ':refused')
  counts[2 * i - 1] = found[1] or '0'
  counts[2 * i] = found[2] or '0'
end
return counts
