-- Stores several entries of one namespace in one partition, all or none.
-- Needs entry_functions.lua in front of it, which describes KEYS[1] to [4], ARGV[1] to [3].
-- KEYS[5], [6], … entries (hash)
-- ARGV[4] time to live in s (int)  ARGV[5] when the entries expire by the caller's clock (ms since the epoch)
-- ARGV[6], … of each entry: escaped name, content type, entity tag, body (bytes)
-- Result: { of each entry 'created' or 'replaced' }; { of each entry 'full' } if one has no room: nothing is changed then
local result, units, spared = {}, 0, {}
for i = 5, #KEYS do
  local at = 6 + 4 * (i - 5)
  units = units + growth(ARGV[at], ARGV[at + 1], #ARGV[at + 3], '')
  spared[ARGV[at]] = true
  result[#result + 1] = 'full'
end
if not has_room_for(units, spared) then
  return result
end
result = {}
for i = 5, #KEYS do
  local at = 6 + 4 * (i - 5)
  local is_new = store(KEYS[i], ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], tonumber(ARGV[4]), ARGV[5], '')
  result[#result + 1] = is_new and 'created' or 'replaced'
end
return result
