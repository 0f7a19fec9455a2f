-- Deletes an entry if the conditions of its client hold.
-- Needs may_change.lua and entry_functions.lua in front of it, which describe KEYS[1] to [4], ARGV[1] and [2].
-- KEYS[5] entry (hash)
-- ARGV[3] entity tags, one of which the entry must have (separated by spaces; * is any, empty is no condition)
-- ARGV[4] entity tags, none of which the entry may have (the same)
-- ARGV[5] its escaped name
-- Result: { '1' when an entry was deleted, '0' when there was none, 'refused' when a condition does not hold }
local tag = current_tag(KEYS[5])
if not may_change(tag, ARGV[3], ARGV[4]) then
  return { 'refused' }
end
redis.call('UNLINK', KEYS[5])
forget(ARGV[5])
return { tag and '1' or '0' }
