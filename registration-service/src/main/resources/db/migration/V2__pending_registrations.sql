-- What was asked of an address while Redis, where pending registrations live, was away. Redis gets it when it is back, and
-- the row goes. One row an address, so that its lock is the order of all that happens to the address.
CREATE TABLE pending_registrations (
    tenant          text        NOT NULL,
    address_hash    text        NOT NULL, -- SHA-256 of the address, as in the keys of Redis
    entry_id        uuid        NOT NULL, -- of this row: its attempts are added to those in Redis once
    email           text        NOT NULL, -- normalised
    kept_until      timestamptz NOT NULL, -- nothing of the row counts any longer then
    requests        text[]      NOT NULL DEFAULT '{}', -- codes asked for: kind:id:ms since 1970
    resend_id       uuid,                 -- request of another code for a registration that may be in Redis
    gone            uuid[]      NOT NULL DEFAULT '{}', -- registrations that were proved, and may be in Redis
    -- The registration that waits; all null when there is none.
    registration_id uuid,
    password_hash   text,                 -- PHC string
    first_name      text,
    last_name       text,
    phone           text,
    locale          text,                 -- BCP 47
    requested_at    timestamptz,          -- when the data came
    saved_at        timestamptz,          -- when the code was made
    expires_at      timestamptz,
    code_hmac       text,
    code_expires_at timestamptz,
    code_attempts   int         NOT NULL DEFAULT 0,
    attempts        int         NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, address_hash)
);
CREATE INDEX pending_registrations_by_end ON pending_registrations (kept_until);
