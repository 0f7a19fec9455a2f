-- What changes in an account's life.
ALTER TABLE accounts
    -- When anything that can be seen of the account last changed; later with each change, whatever the clocks say, so that
    -- copies can be told apart by it.
    ADD COLUMN updated_at          timestamptz NOT NULL DEFAULT now(),
    -- Counts what a way back in hangs on: a password that was chosen, an address. A new hash of the same password does not.
    ADD COLUMN credentials_version bigint      NOT NULL DEFAULT 0;

UPDATE accounts SET updated_at = created_at;

-- Proofs that are waited for (a code that was sent, a password that is typed again), and how often they were asked for and
-- tried in a window of time. One row for each tenant, purpose and subject: a new code takes the place of the old one.
CREATE TABLE proofs (
    tenant              text   NOT NULL,
    purpose             text   NOT NULL,
    subject             text   NOT NULL,           -- who is counted: an account's id, or the SHA-256 of an address
    id                  uuid,                      -- of the request; the code is sealed for it
    account_id          uuid,                      -- whose proof; nobody's is counted the same
    credentials_version bigint,                    -- of the account when it was asked for: dead when that is another
    email               text,                      -- the address that is to be proved, where that is the purpose
    code                text,                      -- HMAC
    token               text,                      -- HMAC of what a link carries
    expires_at          timestamptz,               -- of code and token
    proved              boolean NOT NULL DEFAULT false,
    code_attempts       int     NOT NULL DEFAULT 0, -- at this code
    attempts            int     NOT NULL DEFAULT 0, -- in the window
    codes               int     NOT NULL DEFAULT 0, -- in the window
    asked_at            timestamptz,               -- the last code
    window_ends_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant, purpose, subject)
);
CREATE UNIQUE INDEX proofs_token ON proofs (tenant, token) WHERE token IS NOT NULL;
CREATE INDEX proofs_old ON proofs (window_ends_at);
