-- Counts a login as failed before its password is looked at, or refuses it uncounted. So of many guesses at once no more are
-- admitted than failures are free, and one whose caller dies stays counted. settle_login takes back what did not fail.
-- KEYS[1] failures of the name   KEYS[2] of the client's range   KEYS[3] of the tenant   KEYS[4] of the device (hashes)
-- KEYS[5] devices that are known for the name (sorted set by expiry)   KEYS[6] this attempt (string)
-- ARGV[1] now (ms)   ARGV[2] id of the attempt (string)   ARGV[3] how long it can be settled (ms)
-- ARGV[4] hash of the device's token (string, may be empty)
-- ARGV[5] failures of a tenant in a window (int)   ARGV[6] window (ms)
-- ARGV[7..11] of a name: free failures (int), first wait (ms), longest wait (ms), forgotten after (ms), forgotten after while
-- the next one is free (ms)   ARGV[12..16] the same of a range   ARGV[17..21] of a device
-- Result: { 'admitted', 'known' or 'new' for the device }, or { 'refused', whose failures, limit, failures, ms to wait }
local now = tonumber(ARGV[1])
local before = redis.call('GET', KEYS[6])
if before then
  -- The answer was lost, and the client sent the script again.
  return { 'admitted', before == 'known' and 'known' or 'new' }
end

local function kept_for(failures, arg)
  return tonumber(failures < tonumber(ARGV[arg]) and ARGV[arg + 4] or ARGV[arg + 3])
end

local function waiting(key, arg)
  local failures, last = unpack(redis.call('HMGET', key, 'failures', 'last'))
  failures, last = tonumber(failures or 0), tonumber(last or 0)
  if failures == 0 or now - last >= kept_for(failures, arg) then
    return { key = key, arg = arg, failures = 0, last = 0, wait = 0 }
  end
  local beyond, wait = failures - ARGV[arg], 0
  if beyond >= 0 then
    wait = math.max(last + math.min(ARGV[arg + 1] * 2 ^ beyond, ARGV[arg + 2]) - now, 0)
  end
  return { key = key, arg = arg, failures = failures, last = last, wait = wait }
end

local function refused(whose, limit, failures, wait)
  return { 'refused', whose, limit, string.format('%.0f', failures), string.format('%.0f', wait) }
end

-- Callers' clocks differ by a little: time never goes back here.
local function count(it)
  redis.call('HSET', it.key, 'failures', it.failures + 1, 'last', math.max(now, it.last), 'before', it.last, 'by', ARGV[2])
  redis.call('PEXPIRE', it.key, kept_for(it.failures + 1, it.arg))
end

local known_until = ARGV[4] ~= '' and redis.call('ZSCORE', KEYS[5], ARGV[4])
if known_until and tonumber(known_until) > now then
  local device = waiting(KEYS[4], 17)
  if device.wait > 0 then
    return refused('device', ARGV[17], device.failures, device.wait)
  end
  count(device)
  redis.call('SET', KEYS[6], 'known', 'PX', ARGV[3])
  return { 'admitted', 'known' }
end

local length = tonumber(ARGV[6])
local window = math.floor(now / length)
local current, flood = unpack(redis.call('HMGET', KEYS[3], 'window', 'failures'))
current, flood = tonumber(current or 0), tonumber(flood or 0)
-- A caller whose clock is a little behind is still counted in the window that others are in already.
if current == window + 1 then
  window = current
elseif current ~= window then
  flood = 0
end

local name, range = waiting(KEYS[1], 7), waiting(KEYS[2], 12)
local tenant_wait = flood >= tonumber(ARGV[5]) and (window + 1) * length - now or 0
-- The longest wait is told: whoever waits for it does not meet the next one.
if name.wait > 0 and name.wait >= range.wait and name.wait >= tenant_wait then
  return refused('name', ARGV[7], name.failures, name.wait)
elseif range.wait > 0 and range.wait >= tenant_wait then
  return refused('range', ARGV[12], range.failures, range.wait)
elseif tenant_wait > 0 then
  return refused('tenant', ARGV[5], flood, tenant_wait)
end
count(name)
count(range)
redis.call('HSET', KEYS[3], 'window', window, 'failures', flood + 1)
-- Twice, for callers whose clocks differ.
redis.call('PEXPIRE', KEYS[3], 2 * length)
redis.call('SET', KEYS[6], string.format('%.0f', window), 'PX', ARGV[3])
return { 'admitted', 'new' }
