-- Adds reads of keys of a tenant in one minute. Of all keys, those that were read least are dropped.
-- KEYS[1] hot keys of the tenant in that minute (sorted set): '<namespace>:<key>' by reads
-- ARGV[1] how long they are kept, in s (int)  ARGV[2] most keys (int)
-- ARGV[3], … of each key: '<namespace>:<key>', reads (int)
-- Result: { }
for i = 3, #ARGV, 2 do
  redis.call('ZINCRBY', KEYS[1], ARGV[i + 1], ARGV[i])
end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -ARGV[2] - 1)
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {}
