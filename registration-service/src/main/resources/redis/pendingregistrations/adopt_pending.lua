-- Takes over codes and sign-ups of an address that were stored elsewhere while Redis was down: codes are counted together,
-- wrong guesses are added up, all sign-ups are kept, and if both stores have a sign-up, the newer code wins. Repeating it
-- changes nothing. Calls the functions of sign_ups.
-- KEYS[1] sign-ups of the address (hash)       KEYS[2] codes asked for the address (sorted set by time)
-- KEYS[3] index of the tenant by expiry (sorted set)   KEYS[4] the same of all tenants
-- KEYS[5..] for each sign-up the address of its id (string)
-- ARGV[1] now in ms since 1970 (int)           ARGV[2] id of the entry (string)     ARGV[3] window in ms (int)
-- ARGV[4] hash of the address (string)         ARGV[5] the same with its tenant, unique in the partition (string)
-- ARGV[6] wrong guesses (int)                  ARGV[7] '1' when there was more than one sign-up, or ''
-- ARGV[8] until when they count in ms since 1970 (int)
-- ARGV[9] number of codes (int), then for each its time in ms (int) and name (string)
-- then for each sign-up the number of its fields (int), and field, value, field, value, ...
-- Result: { 'adopted' }, or { 'kept' } when there was nothing newer than the existing data
local now, entry = tonumber(ARGV[1]), ARGV[2]
local next_arg = 10
for _ = 1, tonumber(ARGV[9]) do
  redis.call('ZADD', KEYS[2], 'NX', ARGV[next_arg], ARGV[next_arg + 1])
  next_arg = next_arg + 2
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])

local fields, adopted = read_fields(KEYS[1]), false
if #live_slots(fields, now) == 0 then
  redis.call('DEL', KEYS[1])
  fields = {}
end

-- The part of a count that is not yet included in the count here.
local function not_added(count, adopted_entry, adopted_count)
  return adopted_entry == entry and math.max(count - adopted_count, 0) or count
end

for key = 5, #KEYS do
  local list, theirs = {}, {}
  for i = 1, 2 * tonumber(ARGV[next_arg]), 2 do
    list[i], list[i + 1] = ARGV[next_arg + i], ARGV[next_arg + i + 1]
    theirs[list[i]] = list[i + 1]
  end
  next_arg = next_arg + 1 + 2 * ARGV[next_arg]
  if tonumber(theirs.expires_at) > now and redis.call('GET', KEYS[key]) ~= 'gone' then
    local slot = slot_of(fields, live_slots(fields, now), theirs.registration_id)
    local saved_here = slot and tonumber(fields[slot .. 'saved_at'])
    if not (saved_here and saved_here > tonumber(theirs.saved_at)) then
      local guesses = tonumber(theirs.code_attempts)
      if saved_here == tonumber(theirs.saved_at) then
        guesses = fields[slot .. 'code_attempts']
          + not_added(guesses, fields[slot .. 'code_adopted'], fields[slot .. 'adopted_code_attempts'])
      elseif slot then
        clear_slot(KEYS[1], fields, slot)
      else
        slot = free_slot(KEYS[1], fields, now, #SLOTS)
      end
      write_slot(KEYS[1], fields, slot, list)
      write_slot(KEYS[1], fields, slot, { 'code_attempts', string.format('%.0f', guesses),
        'code_adopted', entry, 'adopted_code_attempts', theirs.code_attempts })
      redis.call('SET', KEYS[key], ARGV[4], 'PX', string.format('%.0f', theirs.expires_at - now))
      adopted = true
    end
  end
end

local live = live_slots(fields, now)
if #live > 0 then
  local attempts = attempts_at(fields, now)
    + not_added(tonumber(ARGV[6]), fields['adopted'], fields['adopted_attempts'])
  redis.call('HSET', KEYS[1], 'attempts', string.format('%.0f', attempts), 'adopted', entry, 'adopted_attempts', ARGV[6])
  if tonumber(ARGV[6]) > 0 then
    redis.call('HSET', KEYS[1], 'attempts_until',
      string.format('%.0f', math.max(tonumber(ARGV[8]), tonumber(fields['attempts_until'] or '0'))))
  end
  if ARGV[7] == '1' or #live > 1 then
    redis.call('HSET', KEYS[1], 'contested', '1')
  end
  keep_until(KEYS[1], fields, now, { KEYS[3], KEYS[4] }, { ARGV[4], ARGV[5] })
end
return { adopted and 'adopted' or 'kept' }
