-- Decides on one code: compares it with the codes of all sign-ups of the address, counts it when it is wrong, and grants the
-- caller with the right one a claim for some seconds. No other caller is granted one meanwhile; the code goes with the sign-ups,
-- or is usable again after the claim. Calls the functions of sign_ups.
-- KEYS[1] sign-ups of the address (hash)
-- ARGV[1] HMAC of the code (string)   ARGV[2] now in ms since 1970 (int)
-- ARGV[3] most wrong guesses at a code (int)   ARGV[4] most wrong guesses at all codes of the address (int)
-- ARGV[5] name of the claim (string)   ARGV[6] length of the claim in ms (int)
-- Result: { 'refused' }; { 'claimed' } when another holds the claim;
--         { 'granted', id of the sign-up whose code it is, field, value, field, value, ... of the hash }
local now = tonumber(ARGV[2])
local fields = read_fields(KEYS[1])
if tonumber(fields['attempts'] or '0') >= tonumber(ARGV[4]) then
  return { 'refused' }
end
local compared, right = {}, nil
for _, slot in ipairs(live_slots(fields, now)) do
  if tonumber(fields[slot .. 'code_expires_at']) > now and tonumber(fields[slot .. 'code_attempts']) < tonumber(ARGV[3]) then
    compared[#compared + 1] = slot
    if not right and fields[slot .. 'code'] == ARGV[1] then
      right = slot
    end
  end
end
if #compared == 0 then
  return { 'refused' }
end
if not right then
  -- One guess, at each of the codes.
  for _, slot in ipairs(compared) do
    redis.call('HINCRBY', KEYS[1], slot .. 'code_attempts', 1)
  end
  redis.call('HINCRBY', KEYS[1], 'attempts', 1)
  return { 'refused' }
end

-- The right code is no guess and counts as none, so that it survives a database that is away.
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
