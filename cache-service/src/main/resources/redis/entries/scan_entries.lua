-- Reads a part of an index in order to delete some of its entries. All names that are there from the first part to the last one are
-- read, some perhaps twice. What is being loaded when the first part is read is not stored: it could have one of the names.
-- Needs entry_functions.lua in front of it, which describes KEYS[1] to [4], ARGV[1] and [2].
-- ARGV[3] cursor: 0 for the first part  ARGV[4] about how many names (int)
-- Result: { cursor of the next part, 0 after the last one; escaped name; escaped name; … }
if ARGV[3] == '0' and redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HSET', KEYS[1], 'loads_end', text(next_time()))
end
local part = redis.call('ZSCAN', KEYS[2], ARGV[3], 'COUNT', ARGV[4])
local result = { part[1] }
for i = 1, #part[2], 2 do
  result[#result + 1] = part[2][i]
end
return result
