-- A subject as a table, for scripts that change single slots. The counts of a window are under the age of their slot: 0 is the
-- newest one.
local MOST = 4e9 -- requests of a window, so that they fit into 32 bits

local function window_of(limit, size, now, slot, total, newest, older, counts)
  local current = floor(now / size)
  if limit > 0 and current > slot then
    total, older, counts = advance(current - slot, total, newest, older, counts)
    slot, newest = current, 0
  elseif limit > 0 then
    slot = current
  end
  local window = { limit = limit, size = size, slot = slot, [0] = newest }
  for age = 1, OLDER do
    window[age] = age <= older and unpack('>I4', counts, 4 * (older - age) + 1) or 0
  end
  return window
end

-- limits: as for take_requests.lua; its cost does not matter
local function read_subject(key, limits, now)
  local _, _, refill, capacity, m_limit, h_limit, d_limit = unpack('>BI4I4I4I4I4I4', limits)
  local stored = redis.call('GET', key)
  if not stored or stored:byte() ~= VERSION then
    stored = pack(HEADER, VERSION, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  end
  local _, at, used, m, m_total, m_newest, m_older, h, h_total, h_newest, h_older, d, d_total, d_newest, d_older =
    unpack(HEADER, stored)
  local m_counts, h_counts, d_counts = parts(sub(stored, LENGTH + 1), m_older, h_older)
  if capacity > 0 then
    if now > at then
      used = max(0, used - (now - at) * refill)
    end
    at = now
  end
  return {
    at = at,
    used = used,
    refill = refill,
    capacity = capacity,
    window_of(m_limit, MINUTE, now, m, m_total, m_newest, m_older, m_counts),
    window_of(h_limit, HOUR, now, h, h_total, h_newest, h_older, h_counts),
    window_of(d_limit, DAY, now, d, d_total, d_newest, d_older, d_counts),
  }
end

local function write_subject(key, subject)
  local ttl = subject.capacity > 0 and subject.used / subject.refill or 0
  local header, all = pack('>Bdd', VERSION, subject.at, subject.used), ''
  for _, window in ipairs(subject) do
    local total, older, counts = 0, 0, ''
    for age = OLDER, 0, -1 do
      total = total + window[age]
      if age > 0 and (older > 0 or window[age] > 0) then
        older, counts = older + 1, counts .. pack('>I4', window[age])
      end
    end
    if total > 0 then
      ttl = max(ttl, (OLDER + 1) * window.size)
    end
    header, all = header .. pack('>I4I4I4B', window.slot, total, window[0], older), all .. counts
  end
  if ttl > 0 then
    redis.call('SET', key, header .. all, 'PX', math.ceil(ttl / 1000))
  else
    redis.call('DEL', key)
  end
end
