-- Counts a login as failed before its password is checked, or refuses it uncounted. So concurrent guesses are admitted only
-- up to the number of free failures, and a login whose caller dies stays counted. settle_login uncounts logins that did not
-- fail. Until then a login is in flight: the field 'f:<id>' of a counter has its start (ms). A login that would have to wait
-- only because of logins in flight is not refused for failures but asked to retry.
-- KEYS[1] failures of the name   KEYS[2] of the client's range   KEYS[3] of the tenant   KEYS[4] of the device (hashes)
-- KEYS[5] known devices of the name (sorted set by expiry)   KEYS[6] this attempt (string)
-- ARGV[1] now (ms)   ARGV[2] id of the attempt (string)   ARGV[3] how long it can be settled (ms)
-- ARGV[4] hash of the device's token (string, may be empty)
-- ARGV[5] failures of a tenant in a window (int)   ARGV[6] window (ms)
-- ARGV[7..11] of a name: free failures (int), first wait (ms), longest wait (ms), forgotten after (ms), forgotten after while
-- the next one is free (ms)   ARGV[12..16] the same of a range   ARGV[17..21] of a device
-- Result: { 'admitted', 'known' or 'new' for the device }, { 'in_flight', limit, logins in flight }, or { 'refused', which
-- failures, limit, failures, ms to wait }
local now = tonumber(ARGV[1])
local before = redis.call('GET', KEYS[6])
if before then
  -- The response was lost, and the client sent the script again.
  return { 'admitted', before == 'known' and 'known' or 'new' }
end

local function kept_for(failures, arg)
  return tonumber(failures < tonumber(ARGV[arg]) and ARGV[arg + 4] or ARGV[arg + 3])
end

local function wait_after(failures, last, arg)
  local beyond = failures - ARGV[arg]
  return beyond < 0 and 0 or math.max(last + math.min(ARGV[arg + 1] * 2 ^ beyond, ARGV[arg + 2]) - now, 0)
end

local function waiting(key, arg)
  local it = { key = key, arg = arg, failures = 0, last = 0, failed = 0, in_flight = 0, wait = 0, held = false, lapsed = {} }
  local fields, failed_last = {}, 0
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, 2) ~= 'f:' then
      fields[all[i]] = tonumber(all[i + 1])
    elseif now - all[i + 1] < tonumber(ARGV[3]) then
      it.in_flight = it.in_flight + 1
    else
      -- Its caller has died: this counts as a failure.
      table.insert(it.lapsed, all[i])
      failed_last = math.max(failed_last, all[i + 1])
    end
  end
  local failures, last = fields.failures or 0, fields.last or 0
  if failures == 0 or now - last >= kept_for(failures, arg) then
    it.in_flight, it.lapsed = 0, {}
    return it
  end
  it.failures, it.last, it.failed = failures, last, failures - it.in_flight
  it.failed_last = it.in_flight == 0 and last or math.max(failed_last, fields.failed_last or 0)
  it.wait = it.failed > 0 and wait_after(it.failed, it.failed_last, arg) or 0
  it.held = it.wait == 0 and wait_after(failures, last, arg) > 0
  return it
end

local function refused(whose, limit, failures, wait)
  return { 'refused', whose, limit, string.format('%.0f', failures), string.format('%.0f', wait) }
end

-- Callers' clocks differ by a little: time never goes back here.
local function count(it)
  if it.failures == 0 then
    redis.call('DEL', it.key)
  end
  for _, lapsed in ipairs(it.lapsed) do
    redis.call('HDEL', it.key, lapsed)
  end
  redis.call('HSET', it.key, 'failures', it.failures + 1, 'last', math.max(now, it.last), 'before', it.last, 'by', ARGV[2],
    'failed_last', it.failed_last or 0, 'f:' .. ARGV[2], now)
  redis.call('PEXPIRE', it.key, kept_for(it.failures + 1, it.arg))
end

local known_until = ARGV[4] ~= '' and redis.call('ZSCORE', KEYS[5], ARGV[4])
if known_until and tonumber(known_until) > now then
  local device = waiting(KEYS[4], 17)
  if device.wait > 0 then
    return refused('device', ARGV[17], device.failed, device.wait)
  elseif device.held then
    return { 'in_flight', ARGV[17], string.format('%.0f', device.in_flight) }
  end
  count(device)
  redis.call('SET', KEYS[6], 'known', 'PX', ARGV[3])
  return { 'admitted', 'known' }
end

local length = tonumber(ARGV[6])
local window = math.floor(now / length)
local current, flood = unpack(redis.call('HMGET', KEYS[3], 'window', 'failures'))
current, flood = tonumber(current or 0), tonumber(flood or 0)
-- A caller whose clock is slightly behind is still counted in the window of the others.
if current == window + 1 then
  window = current
elseif current ~= window then
  flood = 0
end

local name, range = waiting(KEYS[1], 7), waiting(KEYS[2], 12)
local tenant_wait = flood >= tonumber(ARGV[5]) and (window + 1) * length - now or 0
-- The longest of the waits is returned, so that a client that waits for it does not get the next one.
if name.wait > 0 and name.wait >= range.wait and name.wait >= tenant_wait then
  return refused('name', ARGV[7], name.failed, name.wait)
elseif range.wait > 0 and range.wait >= tenant_wait then
  return refused('range', ARGV[12], range.failed, range.wait)
elseif tenant_wait > 0 then
  return refused('tenant', ARGV[5], flood, tenant_wait)
elseif name.held then
  return { 'in_flight', ARGV[7], string.format('%.0f', name.in_flight) }
elseif range.held then
  return { 'in_flight', ARGV[12], string.format('%.0f', range.in_flight) }
end
count(name)
count(range)
redis.call('HSET', KEYS[3], 'window', window, 'failures', flood + 1)
-- Set twice, for callers whose clocks differ.
redis.call('PEXPIRE', KEYS[3], 2 * length)
redis.call('SET', KEYS[6], string.format('%.0f', window), 'PX', ARGV[3])
return { 'admitted', 'new' }
