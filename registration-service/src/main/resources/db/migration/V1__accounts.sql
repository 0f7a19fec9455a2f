-- People whose address is proved. A sign-up that waits for its proof is in Redis, not here.
CREATE TABLE accounts (
    id              uuid PRIMARY KEY,
    registration_id uuid        NOT NULL UNIQUE, -- of the sign-up that it came from: a second insert does nothing
    tenant          text        NOT NULL,
    email           text        NOT NULL,        -- normalised
    password_hash   text        NOT NULL,        -- PHC string
    first_name      text        NOT NULL,
    last_name       text        NOT NULL,
    phone           text,
    locale          text        NOT NULL,        -- BCP 47
    roles           text[]      NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL,
    UNIQUE (tenant, email)
);
