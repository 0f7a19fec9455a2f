-- Saves a pending registration with its code in the place of an older one, and the event that brings the code to the
-- address. Data and code are replaced together; the attempts made so far stay counted.
-- KEYS[1] pending registration (hash)   KEYS[2] codes asked for the address (counter)   KEYS[3] outbox (stream)
-- ARGV[1] most codes in a window (int)  ARGV[2] window in ms (int)      ARGV[3] TTL of the registration in ms (int)
-- ARGV[4] event (JSON)                  ARGV[5] wake channel (string)   ARGV[6] partition (int)
-- ARGV[7..] field, value, field, value, ... of the registration
-- Result: { 'saved' }, or { 'too_many', ms until the window ends } with nothing written
if tonumber(redis.call('GET', KEYS[2]) or '0') >= tonumber(ARGV[1]) then
  return { 'too_many', tostring(redis.call('PTTL', KEYS[2])) }
end
if redis.call('INCR', KEYS[2]) == 1 then
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end

local attempts = redis.call('HGET', KEYS[1], 'attempts') or '0'
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'attempts', attempts, 'code_attempts', '0', unpack(ARGV, 7))
redis.call('PEXPIRE', KEYS[1], ARGV[3])

redis.call('XADD', KEYS[3], '*', 'event', ARGV[4])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return { 'saved' }
