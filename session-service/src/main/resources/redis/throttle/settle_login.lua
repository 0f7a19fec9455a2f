-- Records the outcome of a login that admit_login counted. A failed one stays counted and is no longer in flight. A
-- successful one, and one whose password could not be checked, are uncounted. A successful login also deletes the failures of
-- its name, or of its known device, and makes its device known; logins in flight stay counted. For a range and a tenant only
-- this login is uncounted; otherwise an own account would make room for guesses at others'.
-- KEYS[1] failures of the name   KEYS[2] of the client's range   KEYS[3] of the tenant   KEYS[4] of the device (hashes)
-- KEYS[5] known devices of the name (sorted set by expiry)   KEYS[6] this attempt (string)
-- ARGV[1] id of the attempt (string)   ARGV[2] 'succeeded', 'unseen' or 'failed'
-- when it succeeded: ARGV[3] now (ms)   ARGV[4] 'known' or 'new' for the device   ARGV[5] hash of the device's token (string)
-- ARGV[6] how long it stays known (ms)   ARGV[7] most devices of a name (int)
-- Result: { 'settled' }, or { 'late' } when it was settled before or the attempt has expired: then the count stays
local counted = redis.call('GET', KEYS[6])
redis.call('DEL', KEYS[6])

local in_flight = 'f:' .. ARGV[1]

local function has_failed(key)
  local since = redis.call('HGET', key, in_flight)
  if since then
    local last = tonumber(redis.call('HGET', key, 'failed_last') or 0)
    redis.call('HDEL', key, in_flight)
    redis.call('HSET', key, 'failed_last', math.max(last, since))
  end
end

local function forget_failures(key)
  local others = 0
  for _, field in ipairs(redis.call('HKEYS', key)) do
    others = others + (string.sub(field, 1, 2) == 'f:' and 1 or 0)
  end
  if others == 0 then
    redis.call('DEL', key)
  else
    redis.call('HSET', key, 'failures', others, 'failed_last', 0)
  end
end

local function take_back(key)
  redis.call('HDEL', key, in_flight)
  local failures, before, by = unpack(redis.call('HMGET', key, 'failures', 'before', 'by'))
  if not failures then
    return
  end
  if tonumber(failures) <= 1 then
    redis.call('DEL', key)
    return
  end
  redis.call('HINCRBY', key, 'failures', -1)
  -- Logins after this one wait longer than necessary, never shorter.
  if by == ARGV[1] then
    redis.call('HSET', key, 'last', before, 'by', '')
  end
end

if ARGV[2] == 'failed' then
  if counted == 'known' then
    has_failed(KEYS[4])
  elseif counted then
    has_failed(KEYS[1])
    has_failed(KEYS[2])
  end
elseif counted == 'known' then
  take_back(KEYS[4])
elseif counted then
  take_back(KEYS[1])
  take_back(KEYS[2])
  if redis.call('HGET', KEYS[3], 'window') == counted then
    redis.call('HINCRBY', KEYS[3], 'failures', -1)
  end
end

if ARGV[2] == 'succeeded' then
  forget_failures(ARGV[4] == 'known' and KEYS[4] or KEYS[1])
  local now = tonumber(ARGV[3])
  redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now)
  redis.call('ZADD', KEYS[5], now + ARGV[6], ARGV[5])
  redis.call('ZREMRANGEBYRANK', KEYS[5], 0, -ARGV[7] - 1)
  redis.call('PEXPIRE', KEYS[5], ARGV[6])
end
return { counted and 'settled' or 'late' }
