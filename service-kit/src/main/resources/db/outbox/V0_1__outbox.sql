-- Events that were written in the same transaction as the state they tell of, and wait for the relay.
CREATE TABLE outbox (
    position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event      text        NOT NULL, -- StoredEvent as JSON
    created_at timestamptz NOT NULL DEFAULT now()
);
