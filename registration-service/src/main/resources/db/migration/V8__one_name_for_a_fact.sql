-- What the trail tells of has the name of its event: account.verified, session.opened.
CREATE FUNCTION fact_of(p_kind text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT CASE p_kind WHEN 'login-accepted' THEN 'session.opened'
                       WHEN 'login-refused' THEN 'session.refused'
                       ELSE 'account.' || p_kind END
$$;

UPDATE security_events SET kind = fact_of(kind) WHERE strpos(kind, '.') = 0;

-- Instances of the version before write the former names, none of which has a full stop; they read both. A later version drops
-- trigger and functions.
CREATE FUNCTION rename_security_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.kind := fact_of(NEW.kind);
    RETURN NEW;
END
$$;
CREATE TRIGGER rename_security_event BEFORE INSERT ON security_events FOR EACH ROW
WHEN (strpos(NEW.kind, '.') = 0) EXECUTE FUNCTION rename_security_event();
