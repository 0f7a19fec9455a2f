-- Writes a value and publishes it.
-- KEYS[1] string   ARGV[1] channel   ARGV[2] value
-- Result: { 'told' }
redis.call('SET', KEYS[1], ARGV[2])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return { 'told' }
