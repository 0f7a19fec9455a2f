-- The sign-ups of one address are in one hash, each in its own slot: the fields of the first slot have plain names, those of
-- the others begin with the number of the slot. A slot has the newest 'code', and the 'former_code' of its own client if
-- another client has requested the newest one. There are also fields of the address: 'attempts' (wrong guesses at all its
-- codes, until 'attempts_until'), 'contested' (there was more than one sign-up), 'claim' and 'claim_until', 'adopted' and
-- 'adopted_attempts'.
local SLOTS = { '', '2:', '3:', '4:', '5:', '6:' }
local SLOT_FIELDS = { 'registration_id', 'email', 'password_hash', 'first_name', 'last_name', 'locale', 'phone', 'client',
  'code', 'code_expires_at', 'code_attempts', 'former_code', 'former_code_expires_at', 'former_code_attempts', 'requested_at', 'saved_at', 'expires_at', 'code_adopted', 'adopted_code_attempts' }

-- All fields of the hash by name.
local function read_fields(key)
  local fields, pairs_of_key = {}, redis.call('HGETALL', key)
  for i = 1, #pairs_of_key, 2 do
    fields[pairs_of_key[i]] = pairs_of_key[i + 1]
  end
  return fields
end

-- The slots whose sign-up has not expired.
local function live_slots(fields, now)
  local live = {}
  for _, slot in ipairs(SLOTS) do
    if fields[slot .. 'registration_id'] and tonumber(fields[slot .. 'expires_at']) > now then
      live[#live + 1] = slot
    end
  end
  return live
end

local function slot_of(fields, live, id)
  for _, slot in ipairs(live) do
    if fields[slot .. 'registration_id'] == id then
      return slot
    end
  end
end

local function clear_slot(key, fields, slot)
  local names = {}
  for i, name in ipairs(SLOT_FIELDS) do
    names[i] = slot .. name
    fields[slot .. name] = nil
  end
  redis.call('HDEL', key, unpack(names))
end

-- Writes a list of field, value, field, value, ... into a slot.
local function write_slot(key, fields, slot, list)
  local prefixed = {}
  for i = 1, #list, 2 do
    prefixed[i], prefixed[i + 1] = slot .. list[i], list[i + 1]
    fields[slot .. list[i]] = list[i + 1]
  end
  redis.call('HSET', key, unpack(prefixed))
end

local function clear_former_code(key, fields, slot)
  for _, name in ipairs({ 'former_code', 'former_code_expires_at', 'former_code_attempts' }) do
    fields[slot .. name] = nil
    redis.call('HDEL', key, slot .. name)
  end
end

-- Called before another client's request creates a new code: the code of the own client stays valid for its remaining time.
local function keep_former_code(key, fields, slot, now)
  local expires_at = fields[slot .. 'former_code_expires_at']
  if not (expires_at and tonumber(expires_at) > now) then
    write_slot(key, fields, slot, { 'former_code', fields[slot .. 'code'],
      'former_code_expires_at', fields[slot .. 'code_expires_at'],
      'former_code_attempts', fields[slot .. 'code_attempts'] })
  end
end

-- The current number of wrong guesses at all codes of the address.
local function attempts_at(fields, now)
  return tonumber(fields['attempts_until'] or '0') > now and tonumber(fields['attempts']) or 0
end

-- The slot with the oldest code, of those with an expired code (or of all), and of one client (or of all).
local function oldest_slot(fields, live, now, expired_only, client)
  local oldest
  for _, slot in ipairs(live) do
    if (not expired_only or tonumber(fields[slot .. 'code_expires_at']) <= now)
      and (not client or fields[slot .. 'client'] == client)
      and (not oldest or tonumber(fields[slot .. 'saved_at']) < tonumber(fields[oldest .. 'saved_at'])) then
      oldest = slot
    end
  end
  return oldest
end

-- A free slot for one more sign-up of a client. If all slots are used, sign-ups with an expired code are removed, the
-- client's own first; a valid code keeps its sign-up.
local function free_slot(key, fields, now, most, client)
  local live = live_slots(fields, now)
  while #live >= most do
    local oldest = oldest_slot(fields, live, now, true, client) or oldest_slot(fields, live, now, true)
      or #live == #SLOTS and oldest_slot(fields, live, now, false)
    if not oldest then
      break
    end
    clear_slot(key, fields, oldest)
    live = live_slots(fields, now)
  end
  local taken = {}
  for _, slot in ipairs(live) do
    taken[slot] = true
  end
  for _, slot in ipairs(SLOTS) do
    if not taken[slot] then
      clear_slot(key, fields, slot)
      return slot
    end
  end
end

-- Extends the TTL of the hash, and of the address in the indexes by expiry, to that of the sign-up with the latest expiry.
local function keep_until(key, fields, now, indexes, members)
  local last = 0
  for _, slot in ipairs(live_slots(fields, now)) do
    last = math.max(last, tonumber(fields[slot .. 'expires_at']))
  end
  local ttl, expires_at = last - now, string.format('%.0f', last)
  redis.call('PEXPIRE', key, string.format('%.0f', ttl))
  for i, index in ipairs(indexes) do
    redis.call('ZREMRANGEBYSCORE', index, '-inf', string.format('%.0f', now))
    redis.call('ZADD', index, expires_at, members[i])
    if redis.call('PTTL', index) < ttl then
      redis.call('PEXPIRE', index, string.format('%.0f', ttl))
    end
  end
end
