-- Reads a part of an index. All names that are there from the first part to the last one are read, some perhaps twice.
-- KEYS[1] index (sorted set), as in entry_functions.lua
-- ARGV[1] cursor: 0 for the first part  ARGV[2] about how many names (int)
-- Result: { cursor of the next part, 0 after the last one; escaped name; escaped name; … }
local part = redis.call('ZSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local result = { part[1] }
for i = 1, #part[2], 2 do
  result[#result + 1] = part[2][i]
end
return result
