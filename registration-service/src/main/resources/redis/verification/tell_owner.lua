-- Saves the event that tells an account's owner of a sign-up with their address. Counts like a code, so that the count
-- is the same for an address with an account and for one without.
-- KEYS[1] codes asked for the address (counter)   KEYS[2] outbox (stream)
-- ARGV[1] most codes in a window (int)   ARGV[2] window in ms (int)
-- ARGV[3] event (JSON)   ARGV[4] wake channel (string)   ARGV[5] partition (int)
-- Result: { 'saved' }, or { 'too_many', ms until the window ends } with nothing written
if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[1]) then
  return { 'too_many', tostring(redis.call('PTTL', KEYS[1])) }
end
if redis.call('INCR', KEYS[1]) == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end

redis.call('XADD', KEYS[2], '*', 'event', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return { 'saved' }
