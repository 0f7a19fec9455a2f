-- Counts a code that is asked for and, within the limits, does what it was asked for: saves a registration with its code in
-- the place of an older one, renews the code of the one that waits, or sends a notice alone. Attempts at the registration
-- stay counted. What ran already does nothing, so that it may come twice, or late.
-- KEYS[1] pending registration (hash)          KEYS[2] codes asked for the address (sorted set by time)
-- KEYS[3] address of the registration's id (string)
-- KEYS[4] index of the tenant by expiry (sorted set)   KEYS[5] the same of all tenants   KEYS[6] outbox (stream)
-- ARGV[1] now in ms since 1970 (int)           ARGV[2] id of the request (string)    ARGV[3] 'register' or 'resend'
-- ARGV[4] most codes in a window (int)         ARGV[5] most resends in it (int)      ARGV[6] ms between code and resend (int)
-- ARGV[7] window in ms (int)                   ARGV[8] TTL of the registration in ms (int)
-- ARGV[9] ms by which a request counts as late (int)   ARGV[10] event (JSON), or '' for none
-- ARGV[11] wake channel (string)               ARGV[12] partition (int)
-- ARGV[13] hash of the address (string)        ARGV[14] the same with its tenant, unique in the partition (string)
-- ARGV[15] id of the registration, or '' when there is none to save
-- ARGV[16..] field, value, field, value, ... to write into the registration
-- Result: { 'saved' }; with nothing written { 'too_many', reason, limit, ms to wait }, { 'changed' } when another
--         registration has taken the place of the one to renew, { 'late' } when a newer request was there first
local now, window, ttl = tonumber(ARGV[1]), tonumber(ARGV[7]), tonumber(ARGV[8])
local renews, id = ARGV[3] == 'resend', ARGV[15]
local counted = ARGV[3] .. ':' .. ARGV[2]
if redis.call('ZSCORE', KEYS[2], counted) then
  return { 'saved' }
end

local known, expires_at, saved_at, attempts =
  unpack(redis.call('HMGET', KEYS[1], 'registration_id', 'expires_at', 'saved_at', 'attempts'))
if expires_at and tonumber(expires_at) <= now then
  known, saved_at, attempts = false, false, false
end
if id ~= '' then
  if redis.call('GET', KEYS[3]) == 'gone' then
    return { 'saved' }
  end
  if saved_at and tonumber(saved_at) >= now + tonumber(ARGV[9]) then
    return { 'late' }
  end
  if renews and known ~= id then
    return { 'changed' }
  end
end

local function too_many(reason, limit, free_at)
  return { 'too_many', reason, limit, string.format('%.0f', free_at - now) }
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - window)
local codes = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
local surplus = #codes / 2 - tonumber(ARGV[4])
if surplus >= 0 then
  return too_many('codes_per_day', ARGV[4], codes[2 * surplus + 2] + window)
end
if renews and #codes > 0 then
  local free_at = codes[#codes] + ARGV[6]
  if free_at > now then
    return too_many('resend_wait', '1', free_at)
  end
  local resends = {}
  for i = 1, #codes, 2 do
    if string.sub(codes[i], 1, 7) == 'resend:' then
      resends[#resends + 1] = codes[i + 1]
    end
  end
  surplus = #resends - tonumber(ARGV[5])
  if surplus >= 0 then
    return too_many('resends_per_day', ARGV[5], resends[surplus + 1] + window)
  end
end
redis.call('ZADD', KEYS[2], now, counted)
redis.call('PEXPIRE', KEYS[2], window)

if id ~= '' then
  if not renews then
    redis.call('DEL', KEYS[1])
    redis.call('HSET', KEYS[1], 'attempts', attempts or '0', 'requested_at', ARGV[1])
  end
  expires_at = string.format('%.0f', now + ttl)
  redis.call('HSET', KEYS[1], 'code_attempts', '0', 'saved_at', ARGV[1], 'expires_at', expires_at, unpack(ARGV, 16))
  redis.call('PEXPIRE', KEYS[1], ttl)
  redis.call('SET', KEYS[3], ARGV[13], 'PX', ttl)
  for i, member in ipairs({ ARGV[13], ARGV[14] }) do
    local index = KEYS[3 + i]
    redis.call('ZREMRANGEBYSCORE', index, '-inf', now)
    redis.call('ZADD', index, expires_at, member)
    if redis.call('PTTL', index) < ttl then
      redis.call('PEXPIRE', index, ttl)
    end
  end
end

if ARGV[10] ~= '' then
  redis.call('XADD', KEYS[6], '*', 'event', ARGV[10])
  redis.call('PUBLISH', ARGV[11], ARGV[12])
end
return { 'saved' }
