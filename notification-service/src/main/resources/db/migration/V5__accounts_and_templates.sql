-- Who has which address, as account events tell. A row may begin with a session, whose event came first. What was deleted
-- keeps its number and times alone, so that an old event that comes again brings nothing back.
CREATE TABLE accounts (
    tenant           text        NOT NULL,
    id               uuid        NOT NULL,
    email            text,
    first_name       text,
    locale           text,
    profile_as_of    timestamptz,               -- of the fact that the three above are from; an older one only fills what is missing
    created_at       timestamptz,
    disabled_at      timestamptz,
    status_as_of     timestamptz,               -- of the fact that says whether it is disabled
    deleted_at       timestamptz,
    first_session    uuid,
    first_session_at timestamptz,
    PRIMARY KEY (tenant, id),
    CHECK (deleted_at IS NULL OR (email IS NULL AND first_name IS NULL AND locale IS NULL))
);

-- Words of a tenant's own, in the place of ours or for its own kinds of mail.
CREATE TABLE email_templates (
    tenant     text        NOT NULL,
    kind       text        NOT NULL,
    language   text        NOT NULL,
    subject    text        NOT NULL,
    text       text        NOT NULL,
    html       text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, kind, language)
);

-- How many mails an address got in its window, from all tenants together: whoever owns it knows of no tenants.
CREATE TABLE mailed_addresses (
    address_hash text        PRIMARY KEY,       -- SHA-256
    window_end   timestamptz NOT NULL,
    mails        integer     NOT NULL
);

CREATE INDEX mailed_addresses_over ON mailed_addresses (window_end);
