-- Adds requests to subjects whatever their limits say, for requests that were counted elsewhere, or takes them back: the oldest
-- first, since without a younger one an older one would end too early.
-- KEYS[i] a subject (string, see sliding_windows.lua)
-- ARGV[1] now in µs since 1970 (int), '' for the server's clock
-- ARGV[2 * i] requests, negative to take back (int)   ARGV[2 * i + 1] limits of the subject, as for take_requests.lua, whose cost does not matter
-- Result: { how many subjects were changed (int as string) }
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1e6 + time[2]
end
local MOST = 4e9 -- requests of a window, so that they fit into 32 bits

local function add(window, requests)
  if requests >= 0 then
    local added = math.min(requests, MOST - window.total)
    window.total, window.newest = window.total + added, window.newest + added
    return
  end
  local back = math.min(-requests, window.total)
  window.total = window.total - back
  while window.older > 0 do
    local count = unpack('>I4', window.counts)
    if count > back then
      window.counts = pack('>I4', count - back) .. sub(window.counts, 5)
      return
    end
    back, window.older, window.counts = back - count, window.older - 1, sub(window.counts, 5)
  end
  window.newest = window.newest - back
end

local function move_on(window, limit, size)
  local current = floor(now / size)
  if limit > 0 and current > window.slot then
    window.total, window.older, window.counts =
      advance(current - window.slot, window.total, window.newest, window.older, window.counts)
    window.slot, window.newest = current, 0
  end
end

-- The first of the older slots is never empty.
local function trim(window)
  while window.older > 0 and unpack('>I4', window.counts) == 0 do
    window.older, window.counts = window.older - 1, sub(window.counts, 5)
  end
end

for i = 1, #KEYS do
  local requests = tonumber(ARGV[2 * i])
  local _, _, refill, capacity, m_limit, h_limit, d_limit = unpack('>BI4I4I4I4I4I4', ARGV[2 * i + 1])
  local stored = redis.call('GET', KEYS[i])
  if not stored or stored:byte() ~= VERSION then
    stored = pack(HEADER, VERSION, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  end
  local m, h, d, version, at, used = {}, {}, {}
  version, at, used, m.slot, m.total, m.newest, m.older, h.slot, h.total, h.newest, h.older, d.slot, d.total, d.newest, d.older =
    unpack(HEADER, stored)
  m.counts, h.counts, d.counts = parts(sub(stored, LENGTH + 1), m.older, h.older)

  local ttl = 0
  if capacity > 0 then
    if now > at then
      at, used = now, max(0, used - (now - at) * refill)
    end
    used = max(0, used + requests * 1e6)
    ttl = used / refill
  end
  for _, it in ipairs({ { m, m_limit, MINUTE }, { h, h_limit, HOUR }, { d, d_limit, DAY } }) do
    local window, limit, size = it[1], it[2], it[3]
    move_on(window, limit, size)
    if limit > 0 then
      add(window, requests)
      trim(window)
    end
    if window.total > 0 then
      ttl = max(ttl, (OLDER + 1) * size)
    end
  end

  if ttl > 0 then
    local header =
      pack(HEADER, version, at, used, m.slot, m.total, m.newest, m.older, h.slot, h.total, h.newest, h.older, d.slot, d.total, d.newest, d.older)
    redis.call('SET', KEYS[i], header .. m.counts .. h.counts .. d.counts, 'PX', math.ceil(ttl / 1000))
  else
    redis.call('DEL', KEYS[i])
  end
end
return { tostring(#KEYS) }
