-- Counts the entries of one partition's outbox, and measures how long the oldest one has waited, by Redis' clock.
-- KEYS[1] outbox stream
-- Result: { number of entries, age of the oldest one in ms, 0 if there is none }
local oldest = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
if not oldest then
  return { '0', '0' }
end
local now = redis.call('TIME')
-- The first part of an entry's id is the time in ms at which it was added.
local age = now[1] * 1000 + math.floor(now[2] / 1000) - tonumber(string.match(oldest[1], '^%d+'))
return { tostring(redis.call('XLEN', KEYS[1])), string.format('%d', math.max(0, age)) }
