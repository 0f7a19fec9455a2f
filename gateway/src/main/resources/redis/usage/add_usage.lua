-- Adds a batch of a tenant's requests to the counts of their hour and their day, unless it has been added before: a gateway
-- sends a batch again if the answer was lost. Beyond a number of subjects a hash counts further ones together.
-- KEYS[1] counts of the hour (hash): '<subject>' requests, '<subject>:refused' refused requests, 'subjects' how many subjects
--   of a kind it has   KEYS[2] counts of the day (hash)   KEYS[3] number of the last batch of this gateway (string)
-- ARGV[1] number of the batch, higher than that of the one before (int)
-- ARGV[2] ms until the hour is deleted (int)   ARGV[3] ms until the day is deleted (int)   ARGV[4] ms until KEYS[3] is deleted (int)
-- ARGV[5] most subjects in a hash (int)
-- ARGV[3 * i + 3] subject: 'tenant', or '<kind>:<id>'   ARGV[3 * i + 4] requests (int)   ARGV[3 * i + 5] of them refused (int)
-- Result: { 1 if the batch was added, 0 if it had been added before (int) }
if tonumber(redis.call('GET', KEYS[3]) or 0) >= tonumber(ARGV[1]) then
  return { 0 }
end

local function add(key, ttl)
  local subjects = tonumber(redis.call('HGET', key, 'subjects') or 0)
  for i = 6, #ARGV, 3 do
    local field = ARGV[i]
    local kind = string.match(field, '^(.-):')
    if kind and redis.call('HEXISTS', key, field) == 0 then
      if subjects < tonumber(ARGV[5]) then
        subjects = subjects + 1
      else
        field = kind .. ':others'
      end
    end
    redis.call('HINCRBY', key, field, ARGV[i + 1])
    if ARGV[i + 2] ~= '0' then
      redis.call('HINCRBY', key, field .. ':refused', ARGV[i + 2])
    end
  end
  redis.call('HSET', key, 'subjects', subjects)
  redis.call('PEXPIRE', key, ttl)
end

add(KEYS[1], ARGV[2])
add(KEYS[2], ARGV[3])
redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[4])
return { 1 }
