-- Releases a claim before it expires, so that the code is usable at once.
-- KEYS[1] pending registration (hash)
-- ARGV[1] name of the claim (string)
-- Result: { 'released' }, or { 'kept' } when another request holds it by now
if redis.call('HGET', KEYS[1], 'claim') ~= ARGV[1] then
  return { 'kept' }
end
redis.call('HDEL', KEYS[1], 'claim', 'claim_until')
return { 'released' }
