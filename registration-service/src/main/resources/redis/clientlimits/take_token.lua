-- Takes a token from the bucket of one client, if there is one. The bucket is stored as the time at which it is full again
-- and needs no clean-up: the key expires at that time. A clock that is behind only makes the client wait longer.
-- KEYS[1] when the bucket is full again, in µs since 1970 (string)
-- ARGV[1] now in µs since 1970 (int)   ARGV[2] µs until a token is added (int)   ARGV[3] tokens in a full bucket (int)
-- Result: { µs until the next token (int as string) }, '0' when a token was taken
local now, interval = tonumber(ARGV[1]), tonumber(ARGV[2])
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + interval
local wait = full_at - now - interval * tonumber(ARGV[3])
if wait > 0 then
  return { string.format('%.0f', wait) }
end
redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', string.format('%.0f', math.ceil((full_at - now) / 1000)))
return { '0' }
