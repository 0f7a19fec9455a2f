-- Deletes several entries of one namespace in one partition.
-- Needs entry_functions.lua in front of it, which describes KEYS[1] to [4], ARGV[1] and [2].
-- KEYS[5], [6], … entries (hash)
-- ARGV[3], … their escaped names
-- Result: { how many there were }
local deleted = 0
for i = 5, #KEYS do
  if current_tag(KEYS[i]) then
    deleted = deleted + 1
  end
  redis.call('UNLINK', KEYS[i])
  forget(ARGV[i - 2])
end
return { tostring(deleted) }
