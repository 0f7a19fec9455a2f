-- An address keeps all sign-ups that wait for it, each with its own code, as Redis does: a list of objects of text with the
-- names of the fields there (registration_id, password_hash, code, code_expires_at, ...; times in ms since 1970). The columns of
-- one registration are written by instances of the version before alone; they are read, and go in a later release.
ALTER TABLE pending_registrations
    ADD COLUMN sign_ups      jsonb       NOT NULL DEFAULT '[]',
    ADD COLUMN contested     boolean     NOT NULL DEFAULT false, -- there was more than one sign-up
    ADD COLUMN pending_until timestamptz,                        -- when the last sign-up expires; null when none waits
    ADD COLUMN attempts_until timestamptz;                       -- until when attempts count; null before the first

-- An instance of the version before hands over what it knows of and deletes the row: not while there are sign-ups that it does
-- not know of. This version empties the list before it deletes.
CREATE FUNCTION keep_sign_ups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sign_ups <> '[]' THEN
        RETURN NULL;
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER keep_sign_ups BEFORE DELETE ON pending_registrations FOR EACH ROW EXECUTE FUNCTION keep_sign_ups();
