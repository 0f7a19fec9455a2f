-- What has to reach somebody: queue and ledger in one. A row is inserted before the event that asks for it is
-- acknowledged, and stays after it is done.
CREATE TABLE deliveries (
    id              uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant          text        NOT NULL,
    queue           text        NOT NULL,
    kind            text        NOT NULL,
    idempotency_key text        NOT NULL,
    priority        smallint    NOT NULL,             -- 0 is first
    state           text        NOT NULL DEFAULT 'waiting'
                                CHECK (state IN ('waiting', 'active', 'completed', 'failed')),
    due_at          timestamptz NOT NULL DEFAULT now(), -- a later one is a delay
    expires_at      timestamptz,                      -- not worth doing after
    attempts        integer     NOT NULL DEFAULT 0,
    max_attempts    integer     NOT NULL,
    fence           bigint      NOT NULL DEFAULT 0,   -- counts claims: an older claim can't end the delivery
    lease_until     timestamptz,                      -- of the claim; after it another worker takes over
    payload         jsonb       NOT NULL,             -- what the queue's handler needs
    sealed          text,                             -- a secret that only the handler opens; wiped at the end
    failure         text,                             -- why the last attempt failed
    traceparent     text,                             -- of the work that asked for it
    created_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    UNIQUE (tenant, queue, idempotency_key),
    CHECK ((state = 'active') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('completed', 'failed')) = (finished_at IS NOT NULL)),
    CHECK (finished_at IS NULL OR sealed IS NULL)
);

CREATE INDEX deliveries_waiting ON deliveries (queue, priority, due_at) WHERE state = 'waiting';
CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE state = 'active';
