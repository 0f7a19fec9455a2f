-- Adds requests that a gateway counted while Redis did not answer, whatever the limits say, each in the slot of its time. The
-- gateway repeats a batch until it has an answer; each batch is added once.
-- KEYS[2 * i - 1] a subject (string, see sliding_windows.lua)   KEYS[2 * i] its batch (string), so that it is added once
-- ARGV[1] now in µs since 1970 (int), '' for the server's clock   ARGV[2] ms for which a batch is known (int)
-- ARGV[5 * i - 2] limits of the subject, as for take_requests.lua   ARGV[5 * i - 1] what is used of the bucket, in millionths
--   of a request (int)   ARGV[5 * i], ARGV[5 * i + 1], ARGV[5 * i + 2] requests of minute, hour and day: of the newest slot and
--   of older ones, '>i4' each; negative if more were taken back than counted
-- Result: { how many batches were added (int as string) }
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1e6 + time[2]
end

local function add(window, counts)
  local total = 0
  for age = 0, OLDER do
    total = total + window[age]
  end
  for age = 0, #counts / 4 - 1 do
    local told = window.limit > 0 and unpack('>i4', counts, 4 * age + 1) or 0
    local added = math.min(max(told, -window[age]), MOST - total)
    window[age], total = window[age] + added, total + added
  end
end

local added = 0
for i = 1, #KEYS / 2 do
  if redis.call('EXISTS', KEYS[2 * i]) == 0 then
    local subject = read_subject(KEYS[2 * i - 1], ARGV[5 * i - 2], now)
    if subject.capacity > 0 then
      subject.used = max(0, subject.used + tonumber(ARGV[5 * i - 1]))
    end
    for n, window in ipairs(subject) do
      add(window, ARGV[5 * i - 1 + n])
    end
    write_subject(KEYS[2 * i - 1], subject)
    redis.call('SET', KEYS[2 * i], '', 'PX', ARGV[2])
    added = added + 1
  end
end
return { tostring(added) }
