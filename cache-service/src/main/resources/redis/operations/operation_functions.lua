-- Functions for scripts that change operations. All of their keys are in one partition.
-- Queue (sorted set): tenants with open operations, by the µs from which one of these may be claimed. So tenants take turns, and one
-- operation of a tenant is worked on at a time; while one is leased, the µs is the end of the lease.
-- Open operations of a tenant (sorted set): ids by the µs from which they go on.
-- All operations of a tenant (sorted set): ids by the µs of their creation.
-- Operation (hash): 'kind', 'namespace', 'pattern', 'state', 'total', 'done', 'changed', 'failed', 'cursor', 'reason', 'created_at',
-- 'ended_at' (ms since 1970); 'token' of the worker that has the lease; 'attempts' since the last progress.
-- Keys of a warm-up (list).

local function now_us()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

local function text(number)
  return string.format('%.0f', number)
end

local function ms(us)
  return text(math.floor(us / 1000))
end

local function keep(kept, keys)
  for _, key in ipairs(keys) do
    redis.call('PEXPIRE', key, kept)
  end
end

-- The next operation of the tenant may be claimed from this time on: behind the tenants that wait already.
local function requeue(queue, open, tenant, from)
  local first = redis.call('ZRANGE', open, 0, 0, 'WITHSCORES')
  if first[1] then
    redis.call('ZADD', queue, text(math.max(from, first[2])), tenant)
  else
    redis.call('ZREM', queue, tenant)
  end
end

local function end_operation(operation, keys, open, id, state, reason, now)
  redis.call('HSET', operation, 'state', state, 'reason', reason, 'ended_at', ms(now))
  redis.call('HDEL', operation, 'token', 'cursor')
  redis.call('UNLINK', keys)
  redis.call('ZREM', open, id)
end
