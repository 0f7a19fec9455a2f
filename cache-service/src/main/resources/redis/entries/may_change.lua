-- Whether an entry may be changed under the conditions of a request (RFC 9110, section 13.2.2).
-- tag: of the entry, with its quotes; false when there is none  match, none_match: as in the scripts that call it
local function may_change(tag, match, none_match)
  local function lists(tags)
    if tags == '*' then
      return tag ~= false
    end
    for listed in string.gmatch(tags, '%S+') do
      if listed == tag then
        return true
      end
    end
    return false
  end
  return (match == '' or lists(match)) and (none_match == '' or not lists(none_match))
end
