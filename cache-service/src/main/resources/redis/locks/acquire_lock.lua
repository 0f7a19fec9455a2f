-- Gives a lock to the holder of a token if it is free. If the token already holds it, because its client repeats a request whose
-- answer was lost, the lock stays as it is. Needs index_functions.lua in front of it.
-- KEYS[1] lock (hash): 'owner' (SHA-256 of the token), 'claim' (the request that was answered last), 'name', 'holder', 'fence',
-- 'acquired_at', 'expires_at', 'renewable_until' (ms since 1970); 'waited' while a client waits for its release
-- KEYS[2] last fence of this partition of the tenant (string, without a time to live)
-- KEYS[3] index (sorted set): escaped names of the locks by the ms in which they expire
-- ARGV[1] SHA-256 of the token  ARGV[2] claim  ARGV[3] name  ARGV[4] escaped name  ARGV[5] holder, or empty
-- ARGV[6] time to live in ms (int)  ARGV[7] maximum life in ms (int)  ARGV[8] '1' if the caller will wait for the release
-- ARGV[9] how many locks the tenant may hold in this partition (int)
-- Result: { 'acquired' or 'repeated', fence, acquired_at, expires_at, renewable_until }, or { 'held', ms until it expires };
-- { 'full' } if the lock is free and the tenant holds as many as it may
local time = redis.call('TIME')
local now_us = time[1] * 1000000 + time[2]
local now = math.floor(now_us / 1000)
local function text(number)
  return string.format('%.0f', number)
end

local owner = redis.call('HGET', KEYS[1], 'owner')
if owner == ARGV[1] then
  redis.call('HSET', KEYS[1], 'claim', ARGV[2])
  local held = redis.call('HMGET', KEYS[1], 'fence', 'acquired_at', 'expires_at', 'renewable_until')
  return { 'repeated', held[1], held[2], held[3], held[4] }
end
if owner then
  if ARGV[8] == '1' then
    redis.call('HSET', KEYS[1], 'waited', '1')
  end
  return { 'held', text(math.max(1, redis.call('PTTL', KEYS[1]))) }
end

if redis.call('ZCOUNT', KEYS[3], text(now), '+inf') >= tonumber(ARGV[9]) then
  return { 'full' }
end

-- The clock keeps a lost counter from going back, the counter a clock that is set back. 2^53 µs is the year 2255.
local fence = text(math.max((tonumber(redis.call('GET', KEYS[2])) or 0) + 1, now_us))
local expires_at = now + tonumber(ARGV[6])
local renewable_until = now + tonumber(ARGV[7])
redis.call('SET', KEYS[2], fence)
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'claim', ARGV[2], 'name', ARGV[3], 'holder', ARGV[5], 'fence', fence,
  'acquired_at', text(now), 'expires_at', text(expires_at), 'renewable_until', text(renewable_until))
redis.call('PEXPIREAT', KEYS[1], text(expires_at))
forget_expired(KEYS[3], now)
index(KEYS[3], ARGV[4], expires_at)
return { 'acquired', fence, text(now), text(expires_at), text(renewable_until) }
