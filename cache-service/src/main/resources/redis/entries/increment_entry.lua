-- Adds to a whole number. It is created if there is none; only then it gets a time to live.
-- Needs entry_functions.lua in front of it, which describes KEYS[1] to [4], ARGV[1] to [3].
-- KEYS[5] entry (hash)
-- ARGV[4] time to live in s (int)  ARGV[5] when a new entry expires by the caller's clock (ms since the epoch)
-- ARGV[6] its escaped name  ARGV[7] what to add (int)
-- Result: { 'done', the number, its entity tag, 'created' or 'changed' }; { 'not_a_number' }, { 'overflow' } or { 'full' } if nothing
-- is changed
local function tag_of(number)
  return '"i' .. number .. '"'
end
if not current_tag(KEYS[5]) then
  local number = ARGV[7]
  if not has_room(ARGV[6], 'application/json', #number, '') then
    return { 'full' }
  end
  store(KEYS[5], ARGV[6], 'application/json', tag_of(number), number, tonumber(ARGV[4]), ARGV[5], '')
  return { 'done', number, tag_of(number), 'created' }
end
local held = redis.call('HGET', KEYS[5], 'body')
if not string.match(held, '^-?%d+$') then
  return { 'not_a_number' }
end
-- Redis counts with 64 bits; numbers of Lua have 53.
local number = redis.pcall('HINCRBY', KEYS[5], 'body', ARGV[7])
if type(number) == 'table' then
  return { string.find(number.err, 'overflow', 1, true) and 'overflow' or 'not_a_number' }
end
number = redis.call('HGET', KEYS[5], 'body')
redis.call('HSET', KEYS[5], 'tag', tag_of(number))
local loaded = redis.call('HMGET', KEYS[5], 'loaded', 'expires_at')
if loaded[1] then
  -- It is the client's from now on, and not kept after its time to live.
  redis.call('PEXPIREAT', KEYS[5], loaded[2])
  local before = redis.call('ZSCORE', KEYS[2], ARGV[6])
  index(ARGV[6], before and before % SECOND or 1, math.floor(loaded[2] / 1000) + 1)
end
end_load(KEYS[5])
return { 'done', number, tag_of(number), 'changed' }
