-- Checks one code: compares it with the codes of all sign-ups of the address, counts it if it is wrong, and grants the caller
-- with the correct one a claim for some seconds. Other callers get no claim in that time. Afterwards the code is deleted with
-- the sign-ups, or usable again. Calls the functions of sign_ups.
-- KEYS[1] sign-ups of the address (hash)
-- ARGV[1] HMAC of the code (string)   ARGV[2] now in ms since 1970 (int)
-- ARGV[3] most wrong guesses at a code (int)   ARGV[4] most wrong guesses at all codes of the address (int)
-- ARGV[5] name of the claim (string)   ARGV[6] length of the claim in ms (int)
-- ARGV[7] ms after the first wrong guess in which they count for the address (int)
-- Result: { 'refused' }; { 'claimed' } when another holds the claim;
--         { 'granted', id of the sign-up with this code, field, value, field, value, ... of the hash }
local now = tonumber(ARGV[2])
local fields = read_fields(KEYS[1])
local attempts = attempts_at(fields, now)
if attempts >= tonumber(ARGV[4]) then
  return { 'refused' }
end
local compared, right = {}, nil
for _, slot in ipairs(live_slots(fields, now)) do
  for _, code in ipairs({ 'code', 'former_code' }) do
    local name = slot .. code
    if fields[name] and tonumber(fields[name .. '_expires_at']) > now
      and tonumber(fields[name .. '_attempts']) < tonumber(ARGV[3]) then
      compared[#compared + 1] = name
      if not right and fields[name] == ARGV[1] then
        right = slot
      end
    end
  end
end
if #compared == 0 then
  return { 'refused' }
end
if not right then
  -- One guess counts for each of the codes.
  for _, name in ipairs(compared) do
    redis.call('HINCRBY', KEYS[1], name .. '_attempts', 1)
  end
  if attempts == 0 then
    redis.call('HSET', KEYS[1], 'attempts_until', string.format('%.0f', now + ARGV[7]))
  end
  redis.call('HSET', KEYS[1], 'attempts', string.format('%.0f', attempts + 1))
  return { 'refused' }
end

-- The correct code does not count as a guess, so that it survives an outage of the database.
if fields['claim_until'] and tonumber(fields['claim_until']) > now then
  return { 'claimed' }
end
redis.call('HSET', KEYS[1], 'claim', ARGV[5], 'claim_until', string.format('%.0f', now + ARGV[6]))
local result = { 'granted', fields[right .. 'registration_id'] }
for name, value in pairs(fields) do
  result[#result + 1] = name
  result[#result + 1] = value
end
return result
