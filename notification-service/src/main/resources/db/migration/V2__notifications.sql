-- One row per account that ever got a notification; the lock on it puts the account's notifications in order.
CREATE TABLE recipients (
    tenant     text   NOT NULL,
    account_id uuid   NOT NULL,
    last_seq   bigint NOT NULL,
    PRIMARY KEY (tenant, account_id)
);

-- Numbered 1, 2, 3 … per account without a gap: the number is taken in the transaction that inserts.
CREATE TABLE notifications (
    tenant     text        NOT NULL,
    account_id uuid        NOT NULL,
    seq        bigint      NOT NULL,
    id         uuid        NOT NULL DEFAULT gen_random_uuid(),
    event_id   uuid        NOT NULL UNIQUE, -- what it tells of; an event that comes twice is told once
    kind       text        NOT NULL,
    title      text        NOT NULL,
    body       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, account_id, seq)
);
