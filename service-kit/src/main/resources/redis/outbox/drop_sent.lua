-- Removes entries that Kafka has acknowledged, and releases the lease when the outbox is empty.
-- KEYS[1] outbox stream   KEYS[2] lease of the relay
-- ARGV[1] owner (string)  ARGV[2..] entry ids
-- Result: { number of entries left }
redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
local left = redis.call('XLEN', KEYS[1])
if left == 0 then
  -- Otherwise an empty stream key would stay forever.
  redis.call('DEL', KEYS[1])
  if redis.call('GET', KEYS[2]) == ARGV[1] then
    redis.call('DEL', KEYS[2])
  end
end
return { tostring(left) }
