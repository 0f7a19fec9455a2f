-- Removes sign-ups of an address after its account was created, or one deleted sign-up, and keeps those that arrived in the
-- meantime. Remembers the removed ones, for a late script that would save one of them. Calls the functions of sign_ups.
-- KEYS[1] sign-ups of the address (hash)
-- KEYS[2] index of the tenant by expiry (sorted set)   KEYS[3] the same of all tenants
-- KEYS[4..] for each sign-up the address of its id (string)
-- ARGV[1] now in ms since 1970 (int)   ARGV[2] hash of the address (string)   ARGV[3] the same with its tenant (string)
-- ARGV[4] ms to remember it (int)      ARGV[5..] ids of the sign-ups, in the order of their keys
-- Result: { 'dropped' } when one of them existed, else { 'kept' }
local now = tonumber(ARGV[1])
local fields, dropped = read_fields(KEYS[1]), false
for i = 5, #ARGV do
  redis.call('SET', KEYS[i - 1], 'gone', 'PX', ARGV[4])
  local slot = slot_of(fields, SLOTS, ARGV[i])
  if slot then
    clear_slot(KEYS[1], fields, slot)
    dropped = true
  end
end
if not dropped then
  return { 'kept' }
end
if #live_slots(fields, now) == 0 then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[2])
  redis.call('ZREM', KEYS[3], ARGV[3])
else
  keep_until(KEYS[1], fields, now, { KEYS[2], KEYS[3] }, { ARGV[2], ARGV[3] })
end
return { 'dropped' }
