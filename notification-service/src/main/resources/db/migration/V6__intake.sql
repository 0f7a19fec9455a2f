-- What was answered to a request that named a key, for whoever sends it again.
CREATE TABLE idempotency_keys (
    tenant      text        NOT NULL,
    key_hash    text        NOT NULL,             -- SHA-256 of the client's key: a client may put anything into it
    fingerprint text        NOT NULL,             -- SHA-256 of method, path and body
    effect_id   uuid        NOT NULL,             -- what the effect is idempotent by; stays when a dead holder is taken over
    fence       bigint      NOT NULL DEFAULT 1,   -- counts holders: an older one can't give an answer or let go
    held_until  timestamptz,                      -- whoever answers it is at work; after it another one may
    status      smallint,                         -- of the answer
    location    text,
    answer      text,                             -- JSON
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant, key_hash),
    CHECK ((status IS NULL) = (held_until IS NOT NULL))
);

CREATE INDEX idempotency_keys_expired ON idempotency_keys (expires_at);

-- What could not be read or handled, from the topics of dead letters, for people to look at and to replay.
CREATE TABLE dead_letters (
    id          uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    group_name  text        NOT NULL,             -- the subscription that could not handle it
    topic       text        NOT NULL,             -- where it was, not where it is parked
    partition   integer     NOT NULL,
    "offset"    bigint      NOT NULL,
    record_key  text,
    event_id    text,
    event_type  text,
    tenant      text,                             -- as the record claims it
    reason      text        NOT NULL,             -- the class of the error
    detail      text,                             -- what may be told of it: no value from the data
    size        bigint      NOT NULL,             -- bytes of the data, also where it was too much to keep
    headers     jsonb       NOT NULL,
    data        bytea,                            -- null where it was none, or too much to keep
    parked_at   timestamptz NOT NULL,
    replays     integer     NOT NULL DEFAULT 0,
    replayed_at timestamptz,                      -- when a replay succeeded; it is over then
    UNIQUE (group_name, topic, partition, "offset")
);

CREATE INDEX dead_letters_newest ON dead_letters (parked_at DESC, id DESC);

-- What an application's own kind of notification brings for its client, for example the icon of a badge.
ALTER TABLE notifications ADD COLUMN data jsonb NOT NULL DEFAULT '{}';
