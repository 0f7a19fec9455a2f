-- Rows as the version with the schema V1 writes them: at least one in every table. UpgradeIT runs it before the next migration, and
-- once more after it, because an old instance goes on writing while new ones start.

INSERT INTO accounts (tenant, id, email, first_name, locale, created_at, profile_as_of)
VALUES ('${tenant}', '0193a1b2-0000-7000-8000-000000000002', 'ada@${tenant}.example', 'Ada', 'en', now(), now());

-- A mail that waits, a job of the tenant's own queue that waits, and one that has ended.
INSERT INTO queues (tenant, name, worked, push_legacy_signature, attempts, backoff_ms, rate_limit, rate_window_ms)
VALUES ('${tenant}', 'exports', 'lease', false, 5, 1000, 100, 60000);
INSERT INTO rates (queue, tenant, started_at, used, window_ms)
VALUES ('exports', '${tenant}', now(), array_fill(0, ARRAY[11]), 60000);
INSERT INTO jobs (id, seq, tenant, queue, kind, idempotency_key, priority, state, due_at, max_attempts, backoff_ms,
                  repeatable, payload, with_secret)
VALUES (gen_random_uuid(), nextval('jobs_seq'), '${tenant}', 'email', 'account.password-changed', 'mail', 20, 'waiting',
        now(), 5, 1000, true, '{"to": "ada@${tenant}.example", "first_name": "Ada", "locale": "en"}', false),
       (gen_random_uuid(), nextval('jobs_seq'), '${tenant}', 'exports', 'orders', 'export', 20, 'waiting',
        now(), 5, 1000, true, '{"month": "2026-11"}', false);
INSERT INTO jobs (id, seq, tenant, queue, kind, priority, state, due_at, max_attempts, backoff_ms, repeatable, payload,
                  with_secret, attempts, fence, worker, started_at, result, history, finished_at)
VALUES (gen_random_uuid(), nextval('jobs_seq'), '${tenant}', 'exports', 'orders', 20, 'completed', now(), 5, 1000, true,
        '{"month": "2026-10"}', false, 2, 2, 'worker', now(), '{"rows": 42}',
        '[{"attempt": 1, "worker": "worker", "ended_at": "2026-11-21T10:00:00Z", "outcome": "failed"}]', now());

INSERT INTO email_templates (tenant, kind, language, subject, text, html)
VALUES ('${tenant}', 'order-sent', 'en', 'Your order', 'It is on its way.', NULL);
INSERT INTO mailed_addresses (address_hash, window_end, mails)
VALUES (encode(sha256('${tenant}'), 'hex'), now() + interval '1 hour', 1);

INSERT INTO recipients (tenant, account_id, last_seq) VALUES ('${tenant}', '0193a1b2-0000-7000-8000-000000000002', 1);
INSERT INTO notifications (tenant, account_id, seq, event_id, kind, title, body, data)
VALUES ('${tenant}', '0193a1b2-0000-7000-8000-000000000002', 1, gen_random_uuid(), 'new-badge', 'A badge', 'First program',
        '{"icon": "loom"}');

INSERT INTO webhook_endpoints (id, tenant, url, description, event_types, secret, legacy_signature)
VALUES (CAST(md5('${tenant} endpoint') AS uuid), '${tenant}', 'https://shop.example/hooks', 'Shop', '{account.*}',
        'sealed', true);
INSERT INTO webhook_events (tenant, id, type, subject, body)
VALUES ('${tenant}', CAST(md5('${tenant} event') AS uuid), 'account.verified', '0193a1b2-0000-7000-8000-000000000002',
        '{"type":"account.verified"}');
INSERT INTO webhook_attempts (tenant, endpoint_id, event_id, event_type, job_id, attempt, url, request_headers, started_at,
                              took_ms, succeeded, failure, status, content_type, answer, answer_whole)
VALUES ('${tenant}', CAST(md5('${tenant} endpoint') AS uuid), CAST(md5('${tenant} event') AS uuid), 'account.verified',
        gen_random_uuid(), 1, 'https://shop.example/hooks', '{"webhook-id": "x"}', now(), 12, true, NULL, 200,
        'text/plain', 'ok', true);

INSERT INTO idempotency_keys (tenant, key_hash, fingerprint, effect_id, held_until, status, location, answer, expires_at)
VALUES ('${tenant}', 'key', 'fingerprint', gen_random_uuid(), NULL, 201, NULL, '{"id": 1}', now() + interval '1 day');

INSERT INTO dead_letters (group_name, topic, partition, "offset", record_key, event_id, event_type, tenant, reason, detail,
                          size, headers, data, parked_at)
VALUES ('${tenant}', 'account.events.v1', 0, 1, 'key', 'id', 'dev.frontdesk.account.verified.v1', '${tenant}',
        'java.lang.IllegalStateException', NULL, 2, '{"ce_id": "id"}', '{}', now());

INSERT INTO counted (id) VALUES (gen_random_uuid());
INSERT INTO daily_counts (tenant, day, kind, count) VALUES ('${tenant}', DATE '2026-11-21', 'account.verified', 3);

INSERT INTO reports (id, tenant, kind, begins, ends, lines, csv)
VALUES (CAST(md5('${tenant} report') AS uuid), '${tenant}', 'accounts', now() - interval '1 day', now(), 1, 'day,accounts');
