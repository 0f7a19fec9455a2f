-- Instances of the version before know seven kinds of mail, and would fail any other one for good.
CREATE OR REPLACE VIEW deliveries AS
    SELECT id, tenant, queue, kind, idempotency_key, priority, state, due_at, expires_at, attempts, max_attempts, fence,
           lease_until, payload, sealed, failure, traceparent, created_at, finished_at
    FROM jobs
    WHERE queue <> 'email' OR kind IN ('verification-code', 'address-already-registered', 'password-reset',
                                       'password-changed', 'address-change', 'address-changed', 'account-deleted');
