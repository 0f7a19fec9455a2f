-- Tenants, which only had names until now, and the responses to requests with an Idempotency-Key.

-- A deleted tenant keeps its row, so that its id is never used again: other services may still have data of it.
CREATE TABLE tenants (
    id              text        PRIMARY KEY,
    creation_id     uuid        NOT NULL DEFAULT gen_random_uuid(), -- of the request: repeating it creates nothing
    name            text        NOT NULL,
    plan            text        NOT NULL,
    settings        jsonb       NOT NULL DEFAULT '{}',              -- the application's own
    per_minute      bigint,                                         -- quotas; null for none
    per_hour        bigint,
    per_day         bigint,
    allowed_origins text[]      NOT NULL DEFAULT '{}',              -- as browsers send them
    status          text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'deleted')),
    version         bigint      NOT NULL DEFAULT 1,                 -- counts changes
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    suspended_at    timestamptz,
    deleted_at      timestamptz
);
CREATE INDEX tenants_deleted ON tenants (id) WHERE status = 'deleted';

-- The tenant of calls that name none, and those that have accounts already.
INSERT INTO tenants (id, name, plan, created_at, updated_at)
SELECT id, id, 'standard', now(), now()
FROM (SELECT 'default' AS id UNION SELECT tenant FROM accounts UNION SELECT tenant FROM pending_registrations) AS known;

-- As in notification-service.
CREATE TABLE idempotency_keys (
    tenant      text        NOT NULL,
    key_hash    text        NOT NULL,             -- SHA-256 of the client's key, which may contain anything
    fingerprint text        NOT NULL,             -- SHA-256 of method, path and body
    effect_id   uuid        NOT NULL,             -- makes the effect idempotent; stays when another instance takes over
    fence       bigint      NOT NULL DEFAULT 1,   -- counts holders: an older one can neither respond nor release
    held_until  timestamptz,                      -- a request is being handled; afterwards another one may take over
    status      smallint,                         -- of the response
    location    text,
    answer      text,                             -- JSON
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant, key_hash),
    CHECK ((status IS NULL) = (held_until IS NOT NULL))
);
CREATE INDEX idempotency_keys_expired ON idempotency_keys (expires_at);
