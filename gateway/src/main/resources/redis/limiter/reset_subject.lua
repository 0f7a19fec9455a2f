-- Forgets all requests of a subject.
-- KEYS[1] the subject (string, see sliding_windows.lua)
-- Result: { how many keys were deleted (int) }
return { redis.call('DEL', KEYS[1]) }
