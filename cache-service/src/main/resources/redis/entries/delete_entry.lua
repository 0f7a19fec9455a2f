-- Deletes an entry if the conditions of its client hold. Needs may_change.lua in front of it.
-- KEYS[1] entry (hash)
-- ARGV[1] entity tags, one of which the entry must have (separated by spaces; * is any, empty is no condition)
-- ARGV[2] entity tags, none of which the entry may have (the same)
-- Result: { 1 when the entry does not exist any more, 0 when a condition does not hold and nothing is changed }
if not may_change(redis.call('HGET', KEYS[1], 'tag'), ARGV[1], ARGV[2]) then
  return { '0' }
end
redis.call('UNLINK', KEYS[1])
return { '1' }
