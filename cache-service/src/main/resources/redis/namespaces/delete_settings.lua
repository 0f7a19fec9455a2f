-- Deletes the settings of a namespace.
-- KEYS[1] settings (hash)  ARGV[1] namespace
-- Result: { '1', or '0' if there were none }
return { tostring(redis.call('HDEL', KEYS[1], ARGV[1])) }
