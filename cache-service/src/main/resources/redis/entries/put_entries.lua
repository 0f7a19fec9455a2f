-- Stores several entries of one namespace in one partition, all or none.
-- Needs entry_functions.lua in front of it, which describes KEYS[1] to [4], ARGV[1] and [2].
-- KEYS[5], [6], … entries (hash)
-- ARGV[3] time to live in s (int)  ARGV[4] when the entries expire by the caller's clock (ms since the epoch)
-- ARGV[5], … of each entry: escaped name, content type, entity tag, body (bytes)
-- Result: { of each entry 'created' or 'replaced' }
local result = {}
for i = 5, #KEYS do
  local at = 5 + 4 * (i - 5)
  local is_new = store(KEYS[i], ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], tonumber(ARGV[3]), ARGV[4], '')
  result[#result + 1] = is_new and 'created' or 'replaced'
end
return result
