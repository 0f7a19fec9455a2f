-- Stores a whole entry with its time to live, replacing an earlier one, if the conditions of its client hold.
-- Needs may_change.lua and entry_functions.lua in front of it, which describe KEYS[1] to [4], ARGV[1] and [2].
-- KEYS[5] entry (hash)
-- ARGV[3] time to live in s (int)  ARGV[4] content type  ARGV[5] entity tag  ARGV[6] body (bytes)
-- ARGV[7] entity tags, one of which the entry must have (separated by spaces; * is any, empty is no condition)
-- ARGV[8] entity tags, none of which the entry may have (the same)
-- ARGV[9] when the entry expires by the caller's clock (ms since the epoch), for readers
-- ARGV[10] its escaped name  ARGV[11] tags for invalidation (separated by spaces)
-- Result: { 'created', 'replaced', or 'refused' when a condition does not hold and nothing is changed }
local conditional = ARGV[7] ~= '' or ARGV[8] ~= ''
if conditional and not may_change(current_tag(KEYS[5]), ARGV[7], ARGV[8]) then
  return { 'refused' }
end
return { store(KEYS[5], ARGV[10], ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[3]), ARGV[9], ARGV[11]) and 'created' or 'replaced' }
