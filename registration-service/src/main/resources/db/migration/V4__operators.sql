-- What operators do and look at.
ALTER TABLE accounts ADD COLUMN disabled_at timestamptz; -- nobody logs in since then; null for an open account

-- An account is looked for by how its address or its name begins, the newest first.
CREATE INDEX accounts_newest ON accounts (tenant, created_at DESC, id DESC);
CREATE INDEX accounts_by_email ON accounts (tenant, email text_pattern_ops);
CREATE INDEX accounts_by_first_name ON accounts (tenant, lower(first_name) text_pattern_ops);
CREATE INDEX accounts_by_last_name ON accounts (tenant, lower(last_name) text_pattern_ops);

-- Who did what to which account, when, and from where.
CREATE TABLE security_events (
    id             uuid PRIMARY KEY,
    tenant         text        NOT NULL,
    kind           text        NOT NULL,
    actor          text        NOT NULL, -- anonymous, account, operator or service
    actor_id       uuid,                 -- of an account
    account_id     uuid,                 -- what it was done to; kept after the account, null where there was none
    subject        text,                 -- an address that has no account, masked
    client_address text,
    user_agent     text,
    occurred_at    timestamptz NOT NULL,
    last_at        timestamptz NOT NULL, -- of the last one where several are one row
    occurrences    int         NOT NULL DEFAULT 1,
    same           text,                 -- refused logins at one account from one address within an hour are one row
    UNIQUE (tenant, same)
);
CREATE INDEX security_events_newest ON security_events (tenant, occurred_at DESC, id DESC);
CREATE INDEX security_events_of_account ON security_events (tenant, account_id, occurred_at DESC, id DESC);
CREATE INDEX security_events_old ON security_events (last_at);
