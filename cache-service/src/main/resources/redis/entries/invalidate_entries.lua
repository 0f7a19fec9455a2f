-- Invalidates all entries of a namespace in one partition, or those with one of these tags. They are removed later.
-- Needs entry_functions.lua in front of it, which describes KEYS[1] to [4], ARGV[1] and [2].
-- ARGV[3], … tags; none for the whole namespace
-- Result: { }
local epoch = text(now_us())
for i = 3, math.max(3, #ARGV) do
  local field = ARGV[i] and 'tag:' .. ARGV[i] or 'epoch'
  -- Two in the same microsecond, or after a clock was set back, must differ.
  local before = redis.call('HGET', KEYS[1], field)
  redis.call('HSET', KEYS[1], field, before and before >= epoch and text(before + 1) or epoch)
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('HSET', KEYS[1], 'purge', '0')
  redis.call('ZADD', KEYS[4], '0', ARGV[1])
end
return {}
