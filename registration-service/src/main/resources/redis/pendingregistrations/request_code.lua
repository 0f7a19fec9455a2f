-- Counts a requested code and, within the limits, carries out the request: saves a sign-up with its code next to the pending
-- ones of the same address, renews the code of one of them (if a client other than its own asks, the previous code stays
-- valid too), or only sends a notice. Wrong guesses stay counted. A repeated request does nothing, so it may arrive twice, or
-- late. Calls the functions of sign_ups.
-- KEYS[1] sign-ups of the address (hash)       KEYS[2] codes asked for the address (sorted set by time)
-- KEYS[3] address of the sign-up's id (string)
-- KEYS[4] index of the tenant by expiry (sorted set)   KEYS[5] the same of all tenants   KEYS[6] outbox (stream)
-- ARGV[1] now in ms since 1970 (int)           ARGV[2] id of the request (string)    ARGV[3] 'register' or 'resend'
-- ARGV[4] client that asks (string)            ARGV[5] most codes in a window (int)
-- ARGV[6] most codes in it that one client asks for again (int)                      ARGV[7] ms between a client's code and resend
-- ARGV[8] window in ms (int)                   ARGV[9] TTL of a sign-up in ms (int)
-- ARGV[10] most sign-ups at once (int)         ARGV[11] ms that a code works (int)
-- ARGV[12] ms by which a request counts as late (int)
-- ARGV[13] event (JSON), or '' for none        ARGV[14] the same for an address with several sign-ups
-- ARGV[15] wake channel (string)               ARGV[16] partition (int)
-- ARGV[17] hash of the address (string)        ARGV[18] the same with its tenant, unique in the partition (string)
-- ARGV[19] id of the sign-up, or '' when there is none to save
-- ARGV[20..] field, value, field, value, ... to write into the sign-up
-- Result: { 'saved' }; with nothing written { 'too_many', reason, limit, ms to wait }, { 'changed' } when the sign-up to
-- renew is no longer pending, { 'late' } when a newer request arrived first
local now, window, ttl = tonumber(ARGV[1]), tonumber(ARGV[8]), tonumber(ARGV[9])
local renews, client, id = ARGV[3] == 'resend', ARGV[4], ARGV[19]
local counted = ARGV[3] .. ':' .. ARGV[2] .. ':' .. client
if redis.call('ZSCORE', KEYS[2], counted) then
  return { 'saved' }
end

local fields = read_fields(KEYS[1])
local live = live_slots(fields, now)
local slot = slot_of(fields, live, id)
if id ~= '' then
  if redis.call('GET', KEYS[3]) == 'gone' then
    return { 'saved' }
  end
  for _, each in ipairs(renews and { slot } or live) do
    if tonumber(fields[each .. 'saved_at'] or '0') >= now + tonumber(ARGV[12]) then
      return { 'late' }
    end
  end
  if renews and not slot then
    return { 'changed' }
  end
end

local function too_many(reason, limit, free_at)
  return { 'too_many', reason, limit, string.format('%.0f', free_at - now) }
end

-- The time of the entry that exceeds the limit, or nothing.
local function surplus(times, most)
  return #times >= most and times[#times - most + 1] or nil
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - window)
local codes, again, recent, last, signed_up = {}, {}, {}, nil, false
local entries = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
for i = 1, #entries, 2 do
  local kind, asked_by = string.match(entries[i], '^(%a+):[^:]*:(.*)$')
  local time = tonumber(entries[i + 1])
  codes[#codes + 1] = time
  if time > now - tonumber(ARGV[11]) then
    recent[#recent + 1] = time
  end
  if asked_by == client then
    last = time
    if kind == 'register' and not signed_up then
      signed_up = true
    else
      again[#again + 1] = time
    end
  end
end
local full = surplus(codes, tonumber(ARGV[5]))
if full then
  return too_many('codes_per_day', ARGV[5], full + window)
end
if renews and last and last + ARGV[7] > now then
  return too_many('resend_wait', '1', last + ARGV[7])
end
full = (renews or signed_up) and surplus(again, tonumber(ARGV[6]))
if full then
  return too_many('codes_per_client', ARGV[6], full + window)
end
full = not renews and surplus(recent, tonumber(ARGV[10]))
if full then
  return too_many('sign_ups_at_once', ARGV[10], full + ARGV[11])
end
redis.call('ZADD', KEYS[2], now, counted)
redis.call('PEXPIRE', KEYS[2], window)

if id ~= '' then
  if #live == 0 then
    redis.call('DEL', KEYS[1])
    fields = {}
    redis.call('HSET', KEYS[1], 'attempts', '0')
  end
  if not renews then
    if #live > 0 then
      fields['contested'] = '1'
      redis.call('HSET', KEYS[1], 'contested', '1')
    end
    slot = free_slot(KEYS[1], fields, now, tonumber(ARGV[10]), client)
    write_slot(KEYS[1], fields, slot, { 'client', client, 'requested_at', ARGV[1] })
  elseif fields[slot .. 'client'] == client then
    clear_former_code(KEYS[1], fields, slot)
  else
    keep_former_code(KEYS[1], fields, slot, now)
  end
  write_slot(KEYS[1], fields, slot, { 'code_attempts', '0', 'saved_at', ARGV[1],
    'expires_at', string.format('%.0f', now + ttl), unpack(ARGV, 20) })
  redis.call('SET', KEYS[3], ARGV[17], 'PX', ttl)
  keep_until(KEYS[1], fields, now, { KEYS[4], KEYS[5] }, { ARGV[17], ARGV[18] })
end

if ARGV[13] ~= '' then
  redis.call('XADD', KEYS[6], '*', 'event', fields['contested'] == '1' and ARGV[14] or ARGV[13])
  redis.call('PUBLISH', ARGV[15], ARGV[16])
end
return { 'saved' }
