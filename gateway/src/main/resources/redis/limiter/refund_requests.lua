-- Gives requests back to a subject: the oldest first, since without a younger one an older one would end too early.
-- KEYS[1] the subject (string, see sliding_windows.lua)   KEYS[2] the refund (string), so that it has one effect
-- ARGV[1] now in µs since 1970 (int), '' for the server's clock   ARGV[2] ms for which the refund is known (int)
-- ARGV[3] limits of the subject, as for take_requests.lua   ARGV[4] requests (int)
-- Result: { 1 if they were given back, 0 if they had been before (int) }
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1e6 + time[2]
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  return { 0 }
end
local subject, requests = read_subject(KEYS[1], ARGV[3], now), tonumber(ARGV[4])
subject.used = max(0, subject.used - (subject.capacity > 0 and requests * 1e6 or 0))
for _, window in ipairs(subject) do
  local back = window.limit > 0 and requests or 0
  for age = OLDER, 0, -1 do
    local taken = math.min(back, window[age])
    window[age], back = window[age] - taken, back - taken
  end
end
write_subject(KEYS[1], subject)
redis.call('SET', KEYS[2], '', 'PX', ARGV[2])
return { 1 }
