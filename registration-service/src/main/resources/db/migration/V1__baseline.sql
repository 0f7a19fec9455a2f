-- The schema of registration-service, feature by feature: accounts, pending registrations, proofs, security events,
-- outbox.


-- ---------------------------------------------------------------------------------------------------------------------
-- Accounts
-- ---------------------------------------------------------------------------------------------------------------------

-- People whose address is proved. A sign-up that waits for its proof is in Redis, not here.
CREATE TABLE accounts (
    id                  uuid        PRIMARY KEY,
    registration_id     uuid        NOT NULL UNIQUE,      -- of the sign-up: inserting it again does nothing
    tenant              text        NOT NULL,
    email               text        NOT NULL,             -- normalised
    password_hash       text        NOT NULL,             -- PHC string
    first_name          text        NOT NULL,
    last_name           text        NOT NULL,
    phone               text,
    locale              text        NOT NULL,             -- BCP 47
    roles               text[]      NOT NULL DEFAULT '{}',

    -- Counts changes of what gives access: password and address. A new hash of the same password does not count.
    credentials_version bigint      NOT NULL DEFAULT 0,
    disabled_at         timestamptz,                      -- null for an open account; a disabled one can't log in
    created_at          timestamptz NOT NULL,
    -- Later with each visible change, whatever the clocks say, so that cached copies can be ordered by it.
    updated_at          timestamptz NOT NULL,

    -- What searches compare: computed by SearchKey alone, so that the database never folds a text in its own way.
    email_key           text        NOT NULL,
    first_name_key      text        NOT NULL,
    last_name_key       text        NOT NULL,
    UNIQUE (tenant, email)
);
-- Operators list the newest accounts first, and search by the beginning of an address or name.
CREATE INDEX accounts_newest ON accounts (tenant, created_at DESC, id DESC);
CREATE INDEX accounts_by_email ON accounts (tenant, email text_pattern_ops);
CREATE INDEX accounts_by_email_key ON accounts (tenant, email_key text_pattern_ops);
CREATE INDEX accounts_by_first_name_key ON accounts (tenant, first_name_key text_pattern_ops);
CREATE INDEX accounts_by_last_name_key ON accounts (tenant, last_name_key text_pattern_ops);


-- ---------------------------------------------------------------------------------------------------------------------
-- Pending registrations
-- ---------------------------------------------------------------------------------------------------------------------

-- Requests for an address while Redis, where pending registrations live, was down. They are moved to Redis
-- afterwards, and the row is deleted. One row per address: its lock orders all requests for the address.
CREATE TABLE pending_registrations (
    tenant         text        NOT NULL,
    address_hash   text        NOT NULL,                  -- SHA-256 of the address, as in the keys of Redis
    entry_id       uuid        NOT NULL,                  -- of this row: its attempts are added to those in Redis once
    email          text        NOT NULL,                  -- normalised
    kept_until     timestamptz NOT NULL,                  -- nothing in the row counts afterwards
    requests       text[]      NOT NULL DEFAULT '{}',     -- codes that were requested: kind:id:ms since 1970
    resend_id      uuid,                                  -- request of a code for a registration that may be in Redis
    gone           uuid[]      NOT NULL DEFAULT '{}',     -- registrations that were proved and may still be in Redis

    -- All sign-ups that wait, each with its own code: a list of objects of text with the field names used in Redis
    -- (registration_id, password_hash, code, code_expires_at, …; times in ms since 1970).
    sign_ups       jsonb       NOT NULL DEFAULT '[]',
    contested      boolean     NOT NULL DEFAULT false,    -- there was more than one sign-up
    pending_until  timestamptz,                           -- when the last sign-up expires; null when none waits
    attempts       int         NOT NULL DEFAULT 0,        -- guesses at all codes
    attempts_until timestamptz,                           -- until when they count; null before the first
    PRIMARY KEY (tenant, address_hash)
);
CREATE INDEX pending_registrations_by_end ON pending_registrations (kept_until);


-- ---------------------------------------------------------------------------------------------------------------------
-- Proofs
-- ---------------------------------------------------------------------------------------------------------------------

-- Proofs that a change of an account requires (a code that was sent, a password typed again), and how often they were
-- requested and tried in a window of time. One row per tenant, purpose and subject: a new code replaces the old one.
-- Where any client may ask, the codes are in proof_codes, and the row only counts.
CREATE TABLE proofs (
    tenant              text        NOT NULL,
    purpose             text        NOT NULL,
    subject             text        NOT NULL,              -- what is counted: account id, or SHA-256 of an address
    id                  uuid,                              -- of the request; the code is sealed for it
    account_id          uuid,
    credentials_version bigint,                            -- of the account at the request: void when it has changed
    email               text,                              -- the address to be proved, if that is the purpose
    code                text,                              -- HMAC
    expires_at          timestamptz,                       -- of the code
    proved              boolean     NOT NULL DEFAULT false,
    code_attempts       int         NOT NULL DEFAULT 0,    -- at this code
    attempts            int         NOT NULL DEFAULT 0,    -- in the window
    codes               int         NOT NULL DEFAULT 0,    -- in the window
    asked_at            timestamptz,                       -- the last code
    window_ends_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant, purpose, subject)
);
CREATE INDEX proofs_old ON proofs (window_ends_at);

-- Codes that any client may request (a forgotten password): one per client, so that a client can neither replace what
-- another was sent nor use up what another may request. The row in proofs counts all clients of a subject together;
-- its lock is taken first.
CREATE TABLE proof_codes (
    tenant              text        NOT NULL,
    purpose             text        NOT NULL,
    subject             text        NOT NULL,
    client              text        NOT NULL,              -- SHA-256 of the client's IPv4 address or IPv6 /64
    id                  uuid        NOT NULL,              -- of the request; the code is sealed for it
    account_id          uuid,                              -- null if the address has none, which is counted the same
    credentials_version bigint      NOT NULL,              -- of the account at the request
    email               text,
    code                text        NOT NULL,              -- HMAC
    token               text,                              -- HMAC of the token in a link
    expires_at          timestamptz NOT NULL,              -- of code and token
    proved              boolean     NOT NULL DEFAULT false, -- this one or another of the subject: none works any more
    code_attempts       int         NOT NULL DEFAULT 0,    -- at this code
    codes               int         NOT NULL DEFAULT 1,    -- that the client has requested in its window
    asked_at            timestamptz NOT NULL,              -- the last code
    window_ends_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant, purpose, subject, client),
    FOREIGN KEY (tenant, purpose, subject) REFERENCES proofs ON DELETE CASCADE
);
CREATE UNIQUE INDEX proof_codes_token ON proof_codes (tenant, token) WHERE token IS NOT NULL;
CREATE INDEX proof_codes_old ON proof_codes (window_ends_at);


-- ---------------------------------------------------------------------------------------------------------------------
-- Security events
-- ---------------------------------------------------------------------------------------------------------------------

-- Who did what to which account, when, and from where.
CREATE TABLE security_events (
    id             uuid        PRIMARY KEY,
    tenant         text        NOT NULL,
    kind           text        NOT NULL, -- name of the event: account.verified, session.opened
    actor          text        NOT NULL, -- anonymous, account, operator or service
    actor_id       uuid,                 -- of an account
    account_id     uuid,                 -- what it was done to; stays after the account, null where there was none
    subject        text,                 -- an address that has no account, masked
    client_address text,
    user_agent     text,
    occurred_at    timestamptz NOT NULL,
    last_at        timestamptz NOT NULL, -- of the last one, where several are one row
    occurrences    int         NOT NULL DEFAULT 1,
    same           text,                 -- refused logins to one account from one address within an hour are one row
    UNIQUE (tenant, same)
);
CREATE INDEX security_events_newest ON security_events (tenant, occurred_at DESC, id DESC);
CREATE INDEX security_events_of_account ON security_events (tenant, account_id, occurred_at DESC, id DESC);
CREATE INDEX security_events_old ON security_events (last_at);


-- ---------------------------------------------------------------------------------------------------------------------
-- Outbox
-- ---------------------------------------------------------------------------------------------------------------------

-- Events that were written in the transaction of the change that they report, and wait for the relay (PostgresOutbox
-- of service-kit).
CREATE TABLE outbox (
    position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event      text        NOT NULL, -- StoredEvent as JSON
    created_at timestamptz NOT NULL DEFAULT now()
);
