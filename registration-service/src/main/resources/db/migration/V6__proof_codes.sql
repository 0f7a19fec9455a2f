-- Codes that strangers may ask for (a forgotten password): one for each client that asked, so that a client neither replaces
-- what another was sent nor uses up what another may ask for. The row in proofs counts all of a subject's together, and holds
-- the newest code too: the version before this one reads and writes it there alone.
CREATE TABLE proof_codes (
    tenant              text        NOT NULL,
    purpose             text        NOT NULL,
    subject             text        NOT NULL,
    client              text        NOT NULL,           -- SHA-256 of the client's IPv4 address or IPv6 /64
    id                  uuid        NOT NULL,           -- of the request; the code is sealed for it
    account_id          uuid,                           -- null where there is none, which is counted the same
    credentials_version bigint      NOT NULL,           -- of the account when it was asked for
    email               text,
    code                text        NOT NULL,           -- HMAC
    token               text,                           -- HMAC of what a link carries
    expires_at          timestamptz NOT NULL,           -- of code and token
    proved              boolean     NOT NULL DEFAULT false, -- this one or another of the subject: none works any more
    code_attempts       int         NOT NULL DEFAULT 0, -- at this code
    codes               int         NOT NULL DEFAULT 1, -- that the client has asked for in its window
    asked_at            timestamptz NOT NULL,           -- the last code
    window_ends_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant, purpose, subject, client),
    FOREIGN KEY (tenant, purpose, subject) REFERENCES proofs ON DELETE CASCADE
);
CREATE UNIQUE INDEX proof_codes_token ON proof_codes (tenant, token) WHERE token IS NOT NULL;
CREATE INDEX proof_codes_old ON proof_codes (window_ends_at);
