-- Stores a whole entry with its time to live, replacing an earlier one, if the conditions of its client hold.
-- Needs may_change.lua in front of it.
-- KEYS[1] entry (hash)
-- ARGV[1] time to live in s (int)  ARGV[2] content type  ARGV[3] entity tag  ARGV[4] body (bytes)
-- ARGV[5] entity tags, one of which the entry must have (separated by spaces; * is any, empty is no condition)
-- ARGV[6] entity tags, none of which the entry may have (the same)
-- ARGV[7] when the entry expires by the caller's clock (ms since the epoch), for readers
-- Result: { 'created', 'replaced', or 'refused' when a condition does not hold and nothing is changed }
local conditional = ARGV[5] ~= '' or ARGV[6] ~= ''
if conditional and not may_change(redis.call('HGET', KEYS[1], 'tag'), ARGV[5], ARGV[6]) then
  return { 'refused' }
end
local is_new = redis.call('EXISTS', KEYS[1]) == 0
redis.call('HSET', KEYS[1], 'type', ARGV[2], 'tag', ARGV[3], 'body', ARGV[4], 'expires_at', ARGV[7])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return { is_new and 'created' or 'replaced' }
