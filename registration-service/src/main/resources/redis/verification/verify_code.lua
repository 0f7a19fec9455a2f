-- Decides on one code: counts the attempt, compares, and grants whoever brings the right one a claim for some seconds.
-- Nobody else is granted one meanwhile; the code goes with the registration, or is usable again after the claim.
-- KEYS[1] pending registration (hash)
-- ARGV[1] HMAC of the code (string)   ARGV[2] now in ms since 1970 (int)
-- ARGV[3] most attempts at a code (int)   ARGV[4] most attempts at a registration (int)
-- ARGV[5] name of the claim (string)   ARGV[6] length of the claim in ms (int)
-- Result: { 'refused' }; { 'claimed' } when another holds the claim;
--         { 'granted', field, value, field, value, ... of the registration }
local code, code_expires_at, expires_at, code_attempts, attempts, claim_until = unpack(redis.call(
  'HMGET', KEYS[1], 'code', 'code_expires_at', 'expires_at', 'code_attempts', 'attempts', 'claim_until'))
if not code
  or tonumber(code_expires_at) <= tonumber(ARGV[2])
  or expires_at and tonumber(expires_at) <= tonumber(ARGV[2])
  or tonumber(code_attempts) >= tonumber(ARGV[3])
  or tonumber(attempts) >= tonumber(ARGV[4]) then
  return { 'refused' }
end

redis.call('HINCRBY', KEYS[1], 'code_attempts', 1)
redis.call('HINCRBY', KEYS[1], 'attempts', 1)
if code ~= ARGV[1] then
  return { 'refused' }
end
-- The right code is no guess: its attempt is given back, so that it survives a database that is away.
redis.call('HINCRBY', KEYS[1], 'code_attempts', -1)
redis.call('HINCRBY', KEYS[1], 'attempts', -1)

if claim_until and tonumber(claim_until) > tonumber(ARGV[2]) then
  return { 'claimed' }
end
redis.call('HSET', KEYS[1], 'claim', ARGV[5], 'claim_until', string.format('%.0f', ARGV[2] + ARGV[6]))
local result = { 'granted' }
for _, part in ipairs(redis.call('HGETALL', KEYS[1])) do
  result[#result + 1] = part
end
return result
