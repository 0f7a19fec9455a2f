-- A fact has one name wherever it is told of, that of its event: account.verified, session.opened.
CREATE TABLE renamed_kinds (
    what   text NOT NULL CHECK (what IN ('mail', 'notification', 'webhook')),
    former text NOT NULL,
    name   text NOT NULL,
    PRIMARY KEY (what, former)
);
INSERT INTO renamed_kinds (what, former, name) VALUES
    ('mail', 'verification-code', 'account.verification-requested'),
    ('mail', 'repeated-sign-up', 'account.verification-repeated'),
    ('mail', 'address-already-registered', 'account.address-already-registered'),
    ('mail', 'password-reset', 'account.password-reset-requested'),
    ('mail', 'password-changed', 'account.password-changed'),
    ('mail', 'address-change', 'account.address-change-requested'),
    ('mail', 'address-changed', 'account.address-changed'),
    ('mail', 'account-deleted', 'account.deleted'),
    ('mail', 'welcome', 'account.verified'),
    ('mail', 'new-device', 'session.opened'),
    ('notification', 'welcome', 'account.verified'),
    ('notification', 'new_sign_in', 'session.opened'),
    ('webhook', 'account.email_changed', 'account.address-changed'),
    ('webhook', 'account.profile_changed', 'account.profile-changed'),
    ('webhook', 'account.password_changed', 'account.password-changed'),
    ('webhook', 'account.password_reset', 'account.password-reset'),
    ('webhook', 'account.roles_changed', 'account.roles-changed'),
    ('webhook', 'webhook.endpoint_disabled', 'webhook.endpoint-disabled');

UPDATE email_templates t SET kind = r.name FROM renamed_kinds r WHERE r.what = 'mail' AND t.kind = r.former;
UPDATE notifications n SET kind = r.name FROM renamed_kinds r WHERE r.what = 'notification' AND n.kind = r.former;

-- The version before took a badge in each spelling.
UPDATE notifications SET kind = 'new-badge' WHERE kind ~* '^new[-_]badge$' AND kind <> 'new-badge';
UPDATE jobs SET kind = 'new-badge', payload = jsonb_set(payload, '{kind}', '"new-badge"')
WHERE queue = 'notification' AND kind ~* '^new[-_]badge$' AND kind <> 'new-badge';

-- Mails that Frontdesk itself causes: their keys have the event's id and the purpose. No application's key looks so.
UPDATE jobs j SET kind = r.name FROM renamed_kinds r
WHERE j.queue IN ('email', 'email-codes') AND j.idempotency_key ~ '^[0-9a-f-]{36}:[a-z-]+$'
  AND r.what = 'mail' AND j.kind = r.former;

-- The body of an event begins with its type.
UPDATE webhook_events e
SET type = r.name, body = replace(left(e.body, 64), '{"type":"' || r.former || '"', '{"type":"' || r.name || '"') || substr(e.body, 65)
FROM renamed_kinds r WHERE r.what = 'webhook' AND e.type = r.former;
UPDATE jobs j SET kind = r.name FROM renamed_kinds r WHERE j.queue = 'webhook' AND r.what = 'webhook' AND j.kind = r.former;
UPDATE webhook_endpoints e
SET event_types = ARRAY(SELECT coalesce(r.name, wanted.type)
                        FROM unnest(e.event_types) WITH ORDINALITY AS wanted(type, number)
                        LEFT JOIN renamed_kinds r ON r.what = 'webhook' AND r.former = wanted.type
                        ORDER BY wanted.number)
WHERE e.event_types && ARRAY(SELECT former FROM renamed_kinds WHERE what = 'webhook');

-- From here on for instances of the version before. They add mails under the former kinds.
CREATE FUNCTION rename_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.kind := coalesce((SELECT name FROM renamed_kinds WHERE what = 'mail' AND former = NEW.kind), NEW.kind);
    RETURN NEW;
END
$$;
CREATE TRIGGER rename_mail BEFORE INSERT ON jobs FOR EACH ROW
WHEN (NEW.queue IN ('email', 'email-codes') AND strpos(NEW.kind, '.') = 0
      AND NEW.idempotency_key ~ '^[0-9a-f-]{36}:[a-z-]+$')
EXECUTE FUNCTION rename_mail();

-- They know mails by the former kinds alone, and would fail each other one for good: what they claim is told them under these.
-- This version claims with a copy of the function that was.
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef(CAST('claim_jobs' AS regproc)), 'claim_jobs(', 'claim_of_service(');
END
$$;
CREATE OR REPLACE FUNCTION claim_jobs(p_queue text, p_after text, p_room integer, p_lease_ms bigint, p_worker text,
                                      p_rate_limit integer, p_window_ms bigint, p_total_limit integer) RETURNS SETOF jobs
LANGUAGE plpgsql AS $$
DECLARE
    v_job jobs;
BEGIN
    FOR v_job IN SELECT * FROM claim_of_service(p_queue, p_after, p_room, p_lease_ms, p_worker, p_rate_limit, p_window_ms,
                                                p_total_limit) LOOP
        IF p_queue IN ('email', 'email-codes') THEN
            v_job.kind := coalesce((SELECT former FROM renamed_kinds WHERE what = 'mail' AND name = v_job.kind), v_job.kind);
        END IF;
        RETURN NEXT v_job;
    END LOOP;
END
$$;

-- They tell of events under the former types, to endpoints that ask for the new ones.
CREATE OR REPLACE FUNCTION webhook_hears(p_event_types text[], p_type text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM unnest(p_event_types) AS wanted
        WHERE wanted = '*' OR wanted = p_type
           OR wanted = CASE p_type WHEN 'account.email_changed' THEN 'account.address-changed'
                                   WHEN 'account.profile_changed' THEN 'account.profile-changed'
                                   WHEN 'account.password_changed' THEN 'account.password-changed'
                                   WHEN 'account.password_reset' THEN 'account.password-reset'
                                   WHEN 'account.roles_changed' THEN 'account.roles-changed'
                                   WHEN 'webhook.endpoint_disabled' THEN 'webhook.endpoint-disabled' END
           OR right(wanted, 2) = '.*' AND starts_with(p_type, left(wanted, -1)))
$$;
