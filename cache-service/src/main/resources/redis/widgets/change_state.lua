-- Sets and removes fields of the state of a widget, if the conditions of its client hold, and renews its time to live.
-- The state is an entry, a JSON object. Its fields are copied as they are: Lua would change numbers and empty arrays.
-- Needs may_change.lua and entry_functions.lua in front of it, which describe KEYS[1] to [4], ARGV[1] to [3].
-- KEYS[5] entry (hash); 'parts': where the JSON of each field begins and ends in its body, '<int> <int> ' for each in their order,
-- the end before the begin for a field that is missing. The entity tag consists of the tags of the fields, with dots between them
-- ARGV[4] time to live in s (int)  ARGV[5] when the entry expires by the caller's clock (ms since the epoch)
-- ARGV[6] its escaped name  ARGV[7], ARGV[8] entity tags, one of which and none of which the entry must have, as in put_entry.lua
-- ARGV[9] bytes of the largest state (int)  ARGV[10] '1' to keep fields that are not set, '0' to remove them
-- ARGV[11], … of each field, always the same ones: name, '1' to set it, its JSON, tag of that (both empty to remove it)
-- Result: { 'created' or 'replaced', entity tag, the state if fields may be kept, else empty };
-- { 'refused' } when a condition does not hold, { 'too_large' } or { 'full' }: nothing is changed then
local TYPE = 'application/json'
local keeps = ARGV[10] == '1'
local former = current_tag(KEYS[5])
if not may_change(former, ARGV[7], ARGV[8]) then
  return { 'refused' }
end

-- What the fields have at present: JSON and tag, both empty for one that is missing.
local texts, tags = {}, {}
if former and keeps then
  local held = redis.call('HMGET', KEYS[5], 'body', 'parts')
  for from, to in string.gmatch(held[2], '(%d+) (%d+)') do
    texts[#texts + 1] = string.sub(held[1], tonumber(from), tonumber(to))
  end
  for tag in string.gmatch(string.sub(former, 2), '([%w_-]*)[."]') do
    tags[#tags + 1] = tag
  end
end

local body, parts, new_tags, bytes = {}, {}, {}, 0
for i = 11, #ARGV, 4 do
  local field = (i - 7) / 4
  local text, tag = texts[field] or '', tags[field] or ''
  if ARGV[i + 1] == '1' then
    text, tag = ARGV[i + 2], ARGV[i + 3]
  end
  new_tags[field] = tag
  if text == '' then
    parts[field] = '1 0'
  else
    local name = (#body == 0 and '{' or ',') .. '"' .. ARGV[i] .. '":'
    parts[field] = string.format('%d %d', bytes + #name + 1, bytes + #name + #text)
    body[#body + 1] = name .. text
    bytes = bytes + #name + #text
  end
end
local state = #body == 0 and '{}' or table.concat(body) .. '}'
local new_tag = '"' .. table.concat(new_tags, '.') .. '"'

if #state > tonumber(ARGV[9]) then
  return { 'too_large' }
end
if not has_room(ARGV[6], TYPE, #state, '') then
  return { 'full' }
end
local is_new = store(KEYS[5], ARGV[6], TYPE, new_tag, state, tonumber(ARGV[4]), ARGV[5], '')
redis.call('HSET', KEYS[5], 'parts', table.concat(parts, ' '))
return { is_new and 'created' or 'replaced', new_tag, keeps and state or '' }
