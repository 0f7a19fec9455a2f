-- Counts entries no more that have expired, and removes those that were invalidated, of one index of this partition.
-- KEYS[1] sweeps (sorted set): indexes of all tenants ('<tenant> <owner> <namespace>') by the second of their next removal
-- ARGV[1] what the keys begin with  ARGV[2] tag of the partition  ARGV[3] most entries (int)
-- Result: { how many were removed, '0' if there was nothing to do }
local SECOND = 2097152
local now = redis.call('TIME')[1]
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1)[1]
if not due then
  return { '0', '0' }
end
local tenant, owner, name = string.match(due, '^(%S+) (%S+) (%S+)$')
local function key(feature, rest)
  return ARGV[1] .. tenant .. ':' .. feature .. ':' .. ARGV[2] .. ':' .. rest
end
local place = owner .. ':' .. name
local namespace, index, usage = key('cache-namespace', place), key('cache-index', place), key('cache-usage', 'total')

-- entries: names and scores in turn. Ends the script, with nothing changed, while the slot moves to another master and not all of these keys are at this one. What is
-- missing here would be counted as removed.
local function require_here(entries)
  local needed = { KEYS[1], namespace, index, usage }
  for i = 1, #entries, 2 do
    needed[#needed + 1] = key('cache', place .. ':' .. entries[i])
  end
  redis.call('EXISTS', unpack(needed))
end

local all, keys, units = 0, 0, 0
local function remove(entry, score)
  redis.call('UNLINK', key('cache', place .. ':' .. entry))
  redis.call('ZREM', index, entry)
  keys = keys + 1
  units = units + score % SECOND
end
local function count_removed()
  if keys > 0 then
    for _, counted in ipairs({ namespace, usage }) do
      -- It would have no time to live if it were made here.
      if redis.call('EXISTS', counted) == 1 then
        redis.call('HINCRBY', counted, 'keys', -keys)
        redis.call('HINCRBY', counted, 'units', string.format('%.0f', -units))
      end
    end
  end
  all, keys, units = all + keys, 0, 0
end

local expired = redis.call('ZRANGEBYSCORE', index, '-inf', string.format('%.0f', now * SECOND + SECOND - 1),
  'WITHSCORES', 'LIMIT', 0, ARGV[3])
require_here(expired)
for i = 1, #expired, 2 do
  remove(expired[i], tonumber(expired[i + 1]))
end
count_removed()
local more = #expired / 2 == tonumber(ARGV[3])

-- 'purge' is the last entry that was found valid ('<score> <name>', or '0' at first). Many can have the same score.
local function rank_after(last)
  local score, name = string.match(last, '^(%d+) (%S+)$')
  if not score then
    return 0
  end
  local now_at = redis.call('ZSCORE', index, name)
  if now_at and string.format('%.0f', now_at) == score then
    return redis.call('ZRANK', index, name) + 1
  end
  return redis.call('ZCOUNT', index, '-inf', '(' .. score)
end

local state = redis.call('HMGET', namespace, 'purge', 'epoch')
if state[1] and not more then
  local last = state[1]
  local from = rank_after(last)
  local rest = redis.call('ZRANGE', index, from, from + ARGV[3] - 1, 'WITHSCORES')
  require_here(rest)
  for i = 1, #rest, 2 do
    local held = redis.call('HMGET', key('cache', place .. ':' .. rest[i]), 'epoch', 'tags')
    local valid = held[1] and held[1] == (state[2] or '')
    for tag, epoch in string.gmatch(held[2] or '', '([^%s=]+)=(%S*)') do
      valid = valid and epoch == (redis.call('HGET', namespace, 'tag:' .. tag) or '')
    end
    if valid then
      last = string.format('%.0f', rest[i + 1]) .. ' ' .. rest[i]
    else
      remove(rest[i], tonumber(rest[i + 1]))
    end
  end
  count_removed()
  more = #rest / 2 == tonumber(ARGV[3])
  if more then
    redis.call('HSET', namespace, 'purge', last)
  elseif redis.call('HDEL', namespace, 'purge_again') == 1 then
    redis.call('HSET', namespace, 'purge', '0')
    more = true
  else
    redis.call('HDEL', namespace, 'purge')
  end
end

if more then
  -- Behind those that are due already.
  redis.call('ZADD', KEYS[1], now, due)
else
  local first = redis.call('ZRANGE', index, 0, 0, 'WITHSCORES')
  if first[1] then
    redis.call('ZADD', KEYS[1], string.format('%.0f', math.floor(first[2] / SECOND)), due)
  else
    redis.call('ZREM', KEYS[1], due)
  end
end
return { tostring(all), '1' }
