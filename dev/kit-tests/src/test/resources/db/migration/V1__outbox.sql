-- The table that PostgresOutbox needs, as in the baseline of a service.
CREATE TABLE outbox (
    position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event      text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
