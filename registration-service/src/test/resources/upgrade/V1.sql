-- Rows as the version with the schema V1 writes them: at least one in every table. UpgradeIT runs it before the next migration, and
-- once more after it, because an old instance goes on writing while new ones start.

INSERT INTO accounts (id, registration_id, tenant, email, password_hash, first_name, last_name, phone, locale, roles,
                      created_at, updated_at, email_key, first_name_key, last_name_key)
VALUES (CAST(md5('${tenant} ada') AS uuid), gen_random_uuid(), '${tenant}', 'ada@${tenant}.example',
        -- of "violet harbour 42"
        '$argon2id$v=19$m=19456,t=2,p=1$A57HRUveLnbYZ+kzLwNppw$3hdGgYccDfi9X/DJm2wOWhlGJopWK55DAFvwKCgqUFs',
        'İrem', 'Lovelace', '+905551234567', 'tr', '{editor}', now(), now(),
        'ada@${tenant}.example', 'irem', 'lovelace');

INSERT INTO pending_registrations (tenant, address_hash, entry_id, email, kept_until, requests, sign_ups, contested,
                                   pending_until, attempts, attempts_until)
SELECT '${tenant}', encode(sha256('grace@${tenant}.example'), 'hex'), gen_random_uuid(), 'grace@${tenant}.example', later,
       ARRAY['register:' || gen_random_uuid() || ':' || ms_now || ':client'],
       jsonb_build_array(jsonb_build_object(
           'registration_id', gen_random_uuid(), 'email', 'grace@${tenant}.example', 'password_hash', 'none',
           'first_name', 'Grace', 'last_name', 'Hopper', 'locale', 'en', 'client', 'client',
           'code', 'none', 'code_expires_at', ms_later, 'code_attempts', '1',
           'requested_at', ms_now, 'saved_at', ms_now, 'expires_at', ms_later)),
       false, later, 1, later
FROM (SELECT later, CAST(floor(extract(epoch FROM now()) * 1000) AS text) AS ms_now,
             CAST(floor(extract(epoch FROM later) * 1000) AS text) AS ms_later
      FROM (SELECT now() + interval '300 days' AS later)) AS times;

INSERT INTO proofs (tenant, purpose, subject, id, account_id, credentials_version, email, code, expires_at, codes,
                    asked_at, window_ends_at)
VALUES ('${tenant}', 'address-change', CAST(CAST(md5('${tenant} ada') AS uuid) AS text), gen_random_uuid(),
        CAST(md5('${tenant} ada') AS uuid), 0,
        'irem@${tenant}.example', 'none', now() + interval '300 days', 1, now(), now() + interval '300 days');

INSERT INTO proofs (tenant, purpose, subject, codes, asked_at, window_ends_at)
VALUES ('${tenant}', 'password-reset', encode(sha256('ada@${tenant}.example'), 'hex'), 1, now(),
        now() + interval '300 days');
INSERT INTO proof_codes (tenant, purpose, subject, client, id, account_id, credentials_version, code, token, expires_at,
                         asked_at, window_ends_at)
VALUES ('${tenant}', 'password-reset', encode(sha256('ada@${tenant}.example'), 'hex'), 'client', gen_random_uuid(),
        CAST(md5('${tenant} ada') AS uuid), 0, 'none', '${tenant}', now() + interval '300 days', now(),
        now() + interval '300 days');

INSERT INTO security_events (id, tenant, kind, actor, actor_id, account_id, client_address, user_agent, occurred_at, last_at)
VALUES (gen_random_uuid(), '${tenant}', 'account.verified', 'account', CAST(md5('${tenant} ada') AS uuid),
        CAST(md5('${tenant} ada') AS uuid), '203.0.113.7', 'test', now(), now());

INSERT INTO outbox (event)
VALUES (CAST(jsonb_build_object(
    'id', gen_random_uuid(), 'type', 'dev.frontdesk.account.deleted.v1', 'topic', 'account.events.v1',
    'key', '${tenant}', 'tenant', '${tenant}', 'time', '2026-11-21T10:00:00Z', 'data', CAST(jsonb_build_object(
        'tenant', '${tenant}', 'account_id', gen_random_uuid(), 'email', 'gone@${tenant}.example',
        'first_name', 'Gone', 'locale', 'en', 'deleted_at', '2026-11-21T10:00:00Z') AS text)) AS text));
