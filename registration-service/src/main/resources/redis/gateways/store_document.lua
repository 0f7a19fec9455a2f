-- Writes a gateways' document into the copy if the copy still has what the caller read there, and tells the subscribers of it.
-- KEYS[1] the copy (hash: name, document as JSON)
-- ARGV[1] channel (string)    ARGV[2] name (string)    ARGV[3] what the caller read of it (JSON; empty if there was nothing)
-- ARGV[4] the document (JSON)    ARGV[5] its name and version, for the subscribers (JSON)
-- Result: { '1' if it was written, else '0' (string) }
if (redis.call('HGET', KEYS[1], ARGV[2]) or '') ~= ARGV[3] then
  return { '0' }
end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[4])
redis.call('PUBLISH', ARGV[1], ARGV[5])
return { '1' }
