-- Functions for scripts that change the index of the locks in one partition of a tenant.

-- Redis does not tell when a lock has expired. Few at once, because a script keeps all others waiting.
local function forget_expired(index, now)
  local expired = redis.call('ZRANGEBYSCORE', index, '-inf', string.format('(%.0f', now), 'LIMIT', 0, 100)
  if #expired > 0 then
    redis.call('ZREM', index, unpack(expired))
  end
end

-- The index expires with its last lock.
local function index(index, name, expires_at)
  redis.call('ZADD', index, string.format('%.0f', expires_at), name)
  local last = redis.call('ZRANGE', index, -1, -1, 'WITHSCORES')
  redis.call('PEXPIREAT', index, string.format('%.0f', last[2]))
end
