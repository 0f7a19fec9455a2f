-- Counts a request for several subjects at once: takes its cost from each bucket and each window if all of them have it,
-- else from none. Every request runs this script, so it has one loop without calls and one string as its result: with tables
-- and functions it would take twice the time.
-- KEYS[i] a subject (string, see sliding_windows.lua)
-- ARGV[1] 'take', or 'peek' to write nothing   ARGV[2] now in µs since 1970 (int), '' for the server's clock
-- ARGV[2 + i] limits of the subject, struct '>BI4I4I4I4I4I4': 1 if it can refuse, 0 if it only reports that it would, and does
--   not count the request then; cost of the request; refill of the bucket a second; its capacity (0: no bucket); requests of
--   minute, hour and day (0: no such window; what is stored of it stays)
-- Result: { string }: struct '>Bd', 1 if no subject refuses, else 0, and now in µs; then of each subject its header as it is
--   or would be with this request, without if the subject does not admit it; then of each subject that does not admit it struct
--   '>Bdddd': i, and µs to wait for bucket, minute, hour and day (0 for one that has room)
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1e6 + time[2]
end
local LONGEST = '89280000' -- ms in which all windows end
local minute, hour, day = floor(now / MINUTE), floor(now / HOUR), floor(now / DAY)
local call = redis.call
local allowed, headers, waits = 1, '', ''
local values, ttls = {}, {}

for i = 1, #KEYS do
  local can_refuse, cost, refill, capacity, m_limit, h_limit, d_limit = unpack('>BI4I4I4I4I4I4', ARGV[2 + i])
  local version, at, used = VERSION, 0, 0
  local m, m_total, m_newest, m_older = 0, 0, 0, 0
  local h, h_total, h_newest, h_older = 0, 0, 0, 0
  local d, d_total, d_newest, d_older = 0, 0, 0, 0
  local counts = ''
  local stored = call('GET', KEYS[i])
  if stored and stored:byte() == VERSION then
    version, at, used, m, m_total, m_newest, m_older, h, h_total, h_newest, h_older, d, d_total, d_newest, d_older =
      unpack(HEADER, stored)
    counts = sub(stored, LENGTH + 1)
  end

  local set_back = false
  if capacity > 0 then
    if now >= at then
      used = max(0, used - (now - at) * refill)
    else
      set_back = true
    end
    at = now
  end
  -- After a clock was set back, the newest slot is the current one: what was counted stays as old as it was.
  if m_limit > 0 and minute < m then
    m, set_back = minute, true
  end
  if h_limit > 0 and hour < h then
    h, set_back = hour, true
  end
  if d_limit > 0 and day < d then
    d, set_back = day, true
  end
  local m_ended, h_ended, d_ended = m_limit > 0 and minute > m, h_limit > 0 and hour > h, d_limit > 0 and day > d
  if m_ended or h_ended or d_ended then
    local m_counts, h_counts, d_counts = parts(counts, m_older, h_older)
    if m_ended then
      m_total, m_older, m_counts = advance(minute - m, m_total, m_newest, m_older, m_counts)
      m, m_newest = minute, 0
    end
    if h_ended then
      h_total, h_older, h_counts = advance(hour - h, h_total, h_newest, h_older, h_counts)
      h, h_newest = hour, 0
    end
    if d_ended then
      d_total, d_older, d_counts = advance(day - d, d_total, d_newest, d_older, d_counts)
      d, d_newest = day, 0
    end
    counts = m_counts .. h_counts .. d_counts
  end

  local excess = capacity > 0 and used + (cost - capacity) * 1e6 or 0
  local admits = excess <= 0
    and (m_limit == 0 or m_total + cost <= m_limit)
    and (h_limit == 0 or h_total + cost <= h_limit)
    and (d_limit == 0 or d_total + cost <= d_limit)
  if admits then
    local ttl = 0
    if capacity > 0 then
      used = used + cost * 1e6
      ttl = used / refill
    end
    if m_limit > 0 then
      m_total, m_newest = m_total + cost, m_newest + cost
    end
    if h_limit > 0 then
      h_total, h_newest = h_total + cost, h_newest + cost
    end
    if d_limit > 0 then
      d_total, d_newest = d_total + cost, d_newest + cost
    end
    -- Redis needs longer to format a number than to read one. These are 31 slots.
    if d_total > 0 and ttl <= 31 * DAY then
      ttls[i] = LONGEST
    elseif h_total > 0 and ttl <= 31 * HOUR then
      ttls[i] = '3720000'
    elseif m_total > 0 and ttl <= 31 * MINUTE then
      ttls[i] = '62000'
    else
      ttls[i] = max(1, math.ceil(ttl / 1000))
    end
  end
  local header =
    pack(HEADER, version, at, used, m, m_total, m_newest, m_older, h, h_total, h_newest, h_older, d, d_total, d_newest, d_older)
  headers = headers .. header

  if admits then
    values[i] = header .. counts
  else
    if can_refuse == 1 then
      allowed = 0
    end
    -- µs until so many requests have left the window that the cost fits, or all of them have.
    local function wait(limit, size, slot, total, older, slots)
      if limit == 0 or total + cost <= limit then
        return 0
      end
      local left = 0
      while left < older do
        total = total - unpack('>I4', slots, 4 * left + 1)
        if total + cost <= limit then
          break
        end
        left = left + 1
      end
      return (slot - older + left + OLDER + 1) * size - now
    end
    if ARGV[1] == 'take' and set_back then
      -- Else nothing would pass until the clock is where it was.
      call('SET', KEYS[i], header .. counts, 'PX', LONGEST)
    elseif ARGV[1] == 'take' and excess > 0 then
      -- A lowered refill needs longer than the last request that passed knew.
      call('PEXPIRE', KEYS[i], math.ceil(used / refill / 1000), 'GT')
    end
    local m_counts, h_counts, d_counts = parts(counts, m_older, h_older)
    waits = waits
      .. pack(
        '>Bdddd',
        i,
        excess > 0 and max(1, math.ceil(math.min(excess, used) / refill)) or 0,
        wait(m_limit, MINUTE, m, m_total, m_older, m_counts),
        wait(h_limit, HOUR, h, h_total, h_older, h_counts),
        wait(d_limit, DAY, d, d_total, d_older, d_counts)
      )
  end
end

if ARGV[1] == 'take' and allowed == 1 then
  for i = 1, #KEYS do
    if values[i] then
      call('SET', KEYS[i], values[i], 'PX', ttls[i])
    end
  end
end
return { pack('>Bd', allowed, now) .. headers .. waits }
