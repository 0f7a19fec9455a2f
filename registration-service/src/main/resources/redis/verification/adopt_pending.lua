-- Takes over what was asked of an address, and of the registration that waits there, while Redis was away: codes are counted
-- together, attempts are added up, the newest registration wins. Doing it again changes nothing.
-- KEYS[1] pending registration (hash)          KEYS[2] codes asked for the address (sorted set by time)
-- KEYS[3] address of the registration's id (string)
-- KEYS[4] index of the tenant by expiry (sorted set)   KEYS[5] the same of all tenants
-- ARGV[1] now in ms since 1970 (int)           ARGV[2] id of the entry (string)     ARGV[3] window in ms (int)
-- ARGV[4] hash of the address (string)         ARGV[5] the same with its tenant, unique in the partition (string)
-- ARGV[6] id of the registration, or '' when there is none
-- ARGV[7] expiry, ARGV[8] time of its data, ARGV[9] time of its code, in ms since 1970 (int)
-- ARGV[10] wrong attempts at the code (int)    ARGV[11] wrong attempts (int)
-- ARGV[12] number of codes (int), then for each its time in ms (int) and name (string)
-- then field, value, field, value, ... of the registration
-- Result: { 'adopted' }, or { 'kept' } when the registration here is newer, or none is there to adopt
local now, id = tonumber(ARGV[1]), ARGV[6]
local next_arg = 13
for _ = 1, tonumber(ARGV[12]) do
  redis.call('ZADD', KEYS[2], 'NX', ARGV[next_arg], ARGV[next_arg + 1])
  next_arg = next_arg + 2
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])

local ttl = id == '' and 0 or ARGV[7] - now
if ttl <= 0 or redis.call('GET', KEYS[3]) == 'gone' then
  return { 'kept' }
end

local known, expires_at, requested_at, saved_at, code_attempts, attempts, adopted, adopted_code_attempts, adopted_attempts =
  unpack(redis.call('HMGET', KEYS[1], 'registration_id', 'expires_at', 'requested_at', 'saved_at',
    'code_attempts', 'attempts', 'adopted', 'adopted_code_attempts', 'adopted_attempts'))
local alive = known and not (expires_at and tonumber(expires_at) <= now)
if not alive then
  known, attempts, code_attempts, adopted = false, 0, 0, false
end
local more_code_attempts, more_attempts = tonumber(ARGV[10]), tonumber(ARGV[11])
if adopted == ARGV[2] then
  more_code_attempts = math.max(more_code_attempts - adopted_code_attempts, 0)
  more_attempts = math.max(more_attempts - adopted_attempts, 0)
end
local same_code = known == id and saved_at == ARGV[9]
local newer_here = known and not same_code
  and tonumber(known == id and saved_at or requested_at or '0') > tonumber(known == id and ARGV[9] or ARGV[8])

if not newer_here then
  if not same_code then
    redis.call('DEL', KEYS[1])
    code_attempts = 0
  end
  redis.call('HSET', KEYS[1], 'requested_at', ARGV[8], 'saved_at', ARGV[9], 'expires_at', ARGV[7],
    unpack(ARGV, next_arg))
  redis.call('PEXPIRE', KEYS[1], ttl)
  redis.call('SET', KEYS[3], ARGV[4], 'PX', ttl)
  for i = 1, 2 do
    local index = KEYS[3 + i]
    redis.call('ZADD', index, ARGV[7], ARGV[3 + i])
    if redis.call('PTTL', index) < ttl then
      redis.call('PEXPIRE', index, ttl)
    end
  end
  redis.call('HSET', KEYS[1], 'code_attempts', string.format('%.0f', code_attempts + more_code_attempts))
end
redis.call('HSET', KEYS[1], 'attempts', string.format('%.0f', attempts + more_attempts),
  'adopted', ARGV[2], 'adopted_code_attempts', ARGV[10], 'adopted_attempts', ARGV[11])
return { newer_here and 'kept' or 'adopted' }
