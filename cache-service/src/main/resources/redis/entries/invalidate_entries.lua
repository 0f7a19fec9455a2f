-- Invalidates all entries of a namespace in one partition, or those with one of these tags. They are removed later.
-- Needs entry_functions.lua in front of it, which describes KEYS[1] to [4], ARGV[1] and [2].
-- ARGV[3], … tags; none for the whole namespace
-- Result: { }
if redis.call('EXISTS', KEYS[1]) == 0 then
  -- It has no entry, and none is being loaded. Clients can make up namespaces.
  return {}
end
local MOST_FIELDS = 1000
local whole = #ARGV < 3
if redis.call('HLEN', KEYS[1]) > MOST_FIELDS then
  -- Clients can make up tags too. Without them no entry that has one may stay valid.
  whole = true
  for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    if string.sub(field, 1, 4) == 'tag:' then
      redis.call('HDEL', KEYS[1], field)
    end
  end
end
local epoch = text(next_time())
for i = 3, whole and 3 or #ARGV do
  local field = whole and 'epoch' or 'tag:' .. ARGV[i]
  -- Two in the same microsecond, or after a clock was set back, must differ.
  local before = redis.call('HGET', KEYS[1], field)
  redis.call('HSET', KEYS[1], field, before and before >= epoch and text(before + 1) or epoch)
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
-- A pass that is under way ends first: it would never end if it began again each time.
if redis.call('HSETNX', KEYS[1], 'purge', '0') == 0 then
  redis.call('HSET', KEYS[1], 'purge_again', '1')
end
redis.call('ZADD', KEYS[4], 'LT', text(math.floor(now_us() / 1000000)), ARGV[1])
return {}
