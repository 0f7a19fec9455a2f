-- Functions for scripts that change entries of one namespace in one partition.
-- KEYS[1] namespace (hash): 'epoch' and 'tag:<tag>' (µs since 1970 of their last invalidation), 'last' (the latest of these times),
-- 'loads_end' (loads that began before are not stored), 'keys' and 'units' of its entries
-- KEYS[2] index (sorted set): escaped names of the entries by 2^21 * the second in which they are removed + their units
-- KEYS[3] usage of the tenant (hash): 'keys' and 'units' of all its entries in this partition
-- KEYS[4] sweeps (sorted set): indexes of all tenants by the second of their next removal
-- ARGV[1] the member of KEYS[4] for this index  ARGV[2] how long KEYS[1] to [4] are kept after a write, in s (int): longer than
-- any entry, because an entry without its epoch would be valid again
-- Scripts that store also have ARGV[3]: '1' if the tenant may have more than before; if its quota is used up, '0', or 'evict' if a new
-- entry takes the place of those that would expire first
-- An entry that was loaded from an origin has the field 'loaded' and is kept for longer than its time to live. Its entity tag is empty
-- if the origin does not have it. 'lease', 'lease_at' and 'lease_until' are those of the client that is loading it, see load_functions.lua.
-- A unit is 16 bytes. An entry counts with its name, its type, its body, its tags with 18 bytes each, and 208 bytes of overhead.
local SECOND = 2097152

local function now_us()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

-- The second after which an entry that is stored now has expired.
local function second_after(ttl)
  return math.floor(now_us() / 1000000) + ttl + 1
end

local function text(number)
  return string.format('%.0f', number)
end

-- The epochs of these tags (separated by spaces) at present, as an entry keeps them: '<tag>=<epoch> <tag>=<epoch>'.
local function epochs_of(tags)
  local list = {}
  for tag in string.gmatch(tags, '%S+') do
    list[#list + 1] = tag .. '=' .. (redis.call('HGET', KEYS[1], 'tag:' .. tag) or '')
  end
  return table.concat(list, ' ')
end

-- A time in µs that no invalidation of this namespace has had and that the next ones will be later than, also if the clock is set back.
local function next_time()
  local last = tonumber(redis.call('HGET', KEYS[1], 'last') or '0')
  local at = math.max(now_us(), last + 1)
  redis.call('HSET', KEYS[1], 'last', text(at))
  return at
end

-- The entity tag of an entry that was not invalidated, and its time of expiry in ms if it was loaded; false if there is none.
local function valid_tag(key)
  local held = redis.call('HMGET', key, 'tag', 'epoch', 'tags', 'loaded', 'expires_at')
  if not held[1] or (held[2] or '') ~= (redis.call('HGET', KEYS[1], 'epoch') or '') then
    return false
  end
  for tag, epoch in string.gmatch(held[3] or '', '([^%s=]+)=(%S*)') do
    if epoch ~= (redis.call('HGET', KEYS[1], 'tag:' .. tag) or '') then
      return false
    end
  end
  return held[1], held[4] and tonumber(held[5])
end

-- The entity tag of an entry that clients see; false if there is none.
local function current_tag(key)
  local tag, loaded_until = valid_tag(key)
  if tag == '' or (loaded_until and loaded_until * 1000 <= now_us()) then
    return false
  end
  return tag
end

-- A change by a client: what is being loaded is not stored any more.
local function end_load(key)
  redis.call('HDEL', key, 'loaded', 'lease', 'lease_at', 'lease_until')
end

local function count(keys, units)
  for i = 1, 3, 2 do
    if keys ~= 0 then
      redis.call('HINCRBY', KEYS[i], 'keys', keys)
    end
    if units ~= 0 then
      redis.call('HINCRBY', KEYS[i], 'units', text(units))
    end
  end
end

-- Counts an entry that was stored under this name, which will be removed in that second.
local function index(name, units, second)
  local before = redis.call('ZSCORE', KEYS[2], name)
  redis.call('ZADD', KEYS[2], text(second * SECOND + units), name)
  count(before and 0 or 1, units - (before and before % SECOND or 0))
  redis.call('ZADD', KEYS[4], 'LT', text(second), ARGV[1])
  for i = 1, 4 do
    redis.call('EXPIRE', KEYS[i], ARGV[2])
  end
end

-- Counts an entry no more. Returns whether it was counted.
local function forget(name)
  local before = redis.call('ZSCORE', KEYS[2], name)
  if not before then
    return false
  end
  redis.call('ZREM', KEYS[2], name)
  count(-1, -(before % SECOND))
  return true
end

local function units_of(name, media_type, body_bytes, tags)
  local _, tag_count = string.gsub(tags, '%S+', '')
  return math.ceil((#name + #media_type + body_bytes + #tags + 18 * tag_count + 208) / 16)
end

local MOST_EVICTED = 200

-- Removes the entries that would expire first, until so many units are free; none if that does not suffice.
-- spared: names that stay, as keys of a table
local function evict(spared, units)
  -- Their keys differ from the index' only in the feature.
  local prefix = string.gsub(KEYS[2], ':cache%-index:', ':cache:', 1) .. ':'
  local first = redis.call('ZRANGE', KEYS[2], 0, MOST_EVICTED, 'WITHSCORES')
  local names, free = {}, 0
  for i = 1, #first, 2 do
    if not spared[first[i]] then
      names[#names + 1] = first[i]
      free = free + first[i + 1] % SECOND
    end
    if #names > 0 and free >= units then
      break
    end
  end
  if #names == 0 or free < units then
    return false
  end
  for _, evicted in ipairs(names) do
    redis.call('UNLINK', prefix .. evicted)
    forget(evicted)
  end
  return true
end

-- How many units more an entry of this size takes up under this name; 0 if it only replaces one that is not smaller.
local function growth(name, media_type, body_bytes, tags)
  local before = redis.call('ZSCORE', KEYS[2], name)
  local held = before and before % SECOND or 0
  return math.max(0, units_of(name, media_type, body_bytes, tags) - held)
end

-- Whether so many units more may be stored.
local function has_room_for(units, spared)
  return ARGV[3] == '1' or units == 0 or (ARGV[3] == 'evict' and evict(spared, units))
end

-- Whether an entry of this size may be stored under this name.
local function has_room(name, media_type, body_bytes, tags)
  return ARGV[3] == '1' or has_room_for(growth(name, media_type, body_bytes, tags), { [name] = true })
end

-- Stores a whole entry. ttl is in s; returns whether there was none before.
local function store(key, name, media_type, tag, body, ttl, expires_at, tags)
  local is_new = not current_tag(key)
  local epoch = redis.call('HGET', KEYS[1], 'epoch') or ''
  redis.call('HSET', key, 'type', media_type, 'tag', tag, 'body', body, 'expires_at', expires_at,
    'epoch', epoch, 'tags', epochs_of(tags))
  end_load(key)
  redis.call('EXPIRE', key, ttl)
  index(name, units_of(name, media_type, #body, tags), second_after(ttl))
  return is_new
end
