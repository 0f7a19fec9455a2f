-- A subject's bucket and windows, as one string, and how a window moves on.
--
-- A bucket is stored as what is used, in millionths of a request, at a time; it refills continuously. A window of the length W
-- is divided into 30 slots. A request counts in its slot and for 30 slots more: for at least W and at most 31/30 W. So no
-- interval of the length W gets more than the limit, and the error is that a request may count up to W/30 too long.
local pack, unpack, sub, floor, max = struct.pack, struct.unpack, string.sub, math.floor, math.max

-- Version; bucket: µs since 1970, millionths used; of minute, hour and day: number of the newest slot, requests of the window,
-- requests of the newest slot, number of older slots. Then follow the counts of the older slots of minute, hour and day,
-- '>I4' each, oldest first, of which the first is not 0. A value of another version counts as empty: change it with the form.
local HEADER, LENGTH, VERSION = '>BddI4I4I4BI4I4I4BI4I4I4B', 56, 1
local MINUTE, HOUR, DAY = 2e6, 120e6, 2880e6 -- µs of a slot
local OLDER = 30

-- Returns the counts of the older slots of minute, hour and day.
local function parts(counts, m_older, h_older)
  local h_first, d_first = 4 * m_older + 1, 4 * (m_older + h_older) + 1
  return sub(counts, 1, h_first - 1), sub(counts, h_first, d_first - 1), sub(counts, d_first)
end

-- Starts the current slot. Returns the requests of the window, the number of older slots and their counts.
local function advance(gap, total, newest, older, counts)
  if gap > OLDER then
    return 0, 0, ''
  end
  counts = counts .. pack('>I4', newest) .. string.rep('\0', 4 * gap - 4)
  older = older + gap
  local first = 1
  while older > 0 do
    local count = unpack('>I4', counts, first)
    if older <= OLDER and count > 0 then
      break
    end
    total, older, first = total - count, older - 1, first + 4
  end
  return total, older, sub(counts, first)
end
