-- API keys of tenants, and security events about them.

-- What may be shown of a key, and hashes of its secrets. A revoked key stays for a while: its id is never valid again.
CREATE TABLE api_keys (
    id             uuid        PRIMARY KEY,
    tenant         text        NOT NULL,
    name           text        NOT NULL,
    scopes         text[]      NOT NULL,             -- area:action
    per_minute     bigint,                           -- quotas; null for none
    per_hour       bigint,
    per_day        bigint,
    expires_at     timestamptz,                      -- null for never
    secret_hash    text        NOT NULL,             -- SHA-256 of 256 random bits
    previous_hash  text,                             -- of the secret before the last rotation
    previous_until timestamptz,                      -- when that one ends
    created_by     text        NOT NULL,             -- account, operator or api-key
    created_by_id  uuid,                             -- of the account or the key
    version        bigint      NOT NULL DEFAULT 1,   -- counts changes; uses are none
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    last_used_at   timestamptz,                      -- to the minute
    revoked_at     timestamptz,
    CHECK ((previous_hash IS NULL) = (previous_until IS NULL))
);
CREATE INDEX api_keys_newest ON api_keys (tenant, created_at DESC, id DESC);
CREATE INDEX api_keys_changed ON api_keys (updated_at, id);
CREATE INDEX api_keys_revoked ON api_keys (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX api_keys_valid ON api_keys (tenant) WHERE revoked_at IS NULL;

ALTER TABLE security_events ADD COLUMN api_key_id uuid; -- what it was done to
