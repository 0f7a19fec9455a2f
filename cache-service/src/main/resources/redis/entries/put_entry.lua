-- Stores a whole entry with its time to live, replacing an earlier one, if the conditions of its client hold.
-- Needs may_change.lua and entry_functions.lua in front of it, which describe KEYS[1] to [4], ARGV[1] to [3].
-- KEYS[5] entry (hash)
-- ARGV[4] time to live in s (int)  ARGV[5] content type  ARGV[6] entity tag  ARGV[7] body (bytes)
-- ARGV[8] entity tags, one of which the entry must have (separated by spaces; * is any, empty is no condition)
-- ARGV[9] entity tags, none of which the entry may have (the same)
-- ARGV[10] when the entry expires by the caller's clock (ms since the epoch), for readers
-- ARGV[11] its escaped name  ARGV[12] tags for invalidation (separated by spaces)
-- Result: { 'created' or 'replaced' }; { 'refused' } when a condition does not hold, or { 'full' }: nothing is changed then
local conditional = ARGV[8] ~= '' or ARGV[9] ~= ''
if conditional and not may_change(current_tag(KEYS[5]), ARGV[8], ARGV[9]) then
  return { 'refused' }
end
if not has_room(ARGV[11], ARGV[5], #ARGV[7], ARGV[12]) then
  return { 'full' }
end
local is_new = store(KEYS[5], ARGV[11], ARGV[5], ARGV[6], ARGV[7], tonumber(ARGV[4]), ARGV[10], ARGV[12])
return { is_new and 'created' or 'replaced' }
