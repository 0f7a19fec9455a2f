-- Removes a pending registration whose account exists, unless a newer one has taken its place.
-- KEYS[1] pending registration (hash)
-- ARGV[1] id of the registration (string)
-- Result: { 'dropped' } or { 'kept' }
if redis.call('HGET', KEYS[1], 'registration_id') ~= ARGV[1] then
  return { 'kept' }
end
redis.call('DEL', KEYS[1])
return { 'dropped' }
