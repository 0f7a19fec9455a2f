-- Reads the locks of one partition of a tenant, in the order in which they expire.
-- KEYS[1] index (sorted set, see acquire_lock.lua)
-- ARGV[1] what the keys of its locks begin with  ARGV[2] how many at most (int)
-- ARGV[3] ms of expiry of the last lock of the page before, or -1  ARGV[4] its escaped name, or empty
-- Result: for each lock its escaped name, its ms of expiry in the index, name, holder, fence, acquired_at, expires_at,
-- renewable_until
local time = redis.call('TIME')
-- Names of locks that have expired are in the index until the next acquisition, any number of them.
local from = string.format('%.0f', math.max(tonumber(ARGV[3]), math.floor((time[1] * 1000000 + time[2]) / 1000)))
local result = {}
local most = tonumber(ARGV[2])
local found = 0
local offset = 0
while found < most do
  local names = redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf', 'WITHSCORES', 'LIMIT', offset, most + 1)
  for i = 1, #names, 2 do
    local name, score = names[i], names[i + 1]
    -- Locks with the same score are in the order of their names.
    if found < most and (score ~= ARGV[3] or name > ARGV[4]) then
      local held = redis.call('HMGET', ARGV[1] .. name, 'name', 'holder', 'fence', 'acquired_at', 'expires_at', 'renewable_until')
      if held[1] then
        found = found + 1
        for _, value in ipairs({ name, score, held[1], held[2], held[3], held[4], held[5], held[6] }) do
          result[#result + 1] = value
        end
      end
    end
  end
  if #names < 2 * (most + 1) then
    break
  end
  offset = offset + most + 1
end
return result
