-- Where a tenant wants to hear of what happens.
CREATE TABLE webhook_endpoints (
    id            uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant        text        NOT NULL,
    url           text        NOT NULL,
    description   text        NOT NULL,
    event_types   text[]      NOT NULL,               -- exact ones, 'account.*', '*'
    secret        text        NOT NULL,               -- sealed; signs
    former_secret text,                               -- sealed; signs beside it until then
    former_until  timestamptz,
    disabled_at   timestamptz,
    disabled_for  text        CHECK (disabled_for IN ('administrator', 'gone', 'failing')),
    told          boolean     NOT NULL DEFAULT true,  -- whether the tenant's other endpoints know that it is disabled
    failing_since timestamptz,                        -- the first failed attempt after the last that succeeded
    failures      integer     NOT NULL DEFAULT 0,     -- attempts since then
    created_at    timestamptz NOT NULL DEFAULT now(),
    CHECK ((former_secret IS NULL) = (former_until IS NULL)),
    CHECK ((disabled_at IS NULL) = (disabled_for IS NULL))
);
CREATE INDEX webhook_endpoints_of_tenant ON webhook_endpoints (tenant, created_at, id);

-- What was told to at least one endpoint, for as long as it can be told again.
CREATE TABLE webhook_events (
    tenant     text        NOT NULL,
    id         uuid        NOT NULL,                  -- of the fact, for ever: webhook-id is made of it
    type       text        NOT NULL,
    subject    uuid,                                  -- the account that it is about; goes with the account
    body       text        NOT NULL,                  -- JSON, byte for byte as it is signed
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, id)
);
CREATE INDEX webhook_events_in_order ON webhook_events (tenant, created_at, id);
CREATE INDEX webhook_events_by_age ON webhook_events (created_at);
CREATE INDEX webhook_events_of_subject ON webhook_events (tenant, subject) WHERE subject IS NOT NULL;

-- Every request that was made, or could not be, and what came back.
CREATE TABLE webhook_attempts (
    id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant       text        NOT NULL,
    endpoint_id  uuid        NOT NULL,
    event_id     uuid        NOT NULL,
    event_type   text        NOT NULL,
    job_id       uuid        NOT NULL,
    attempt      integer     NOT NULL,
    url          text        NOT NULL,
    started_at   timestamptz NOT NULL,
    took_ms      integer     NOT NULL,
    succeeded    boolean     NOT NULL,
    failure      text,
    status       integer,                             -- null without an answer
    content_type text,
    answer       text,                                -- its beginning
    answer_whole boolean
);
CREATE INDEX webhook_attempts_of_endpoint ON webhook_attempts (tenant, endpoint_id, started_at, id);
CREATE INDEX webhook_attempts_of_event ON webhook_attempts (tenant, event_id, endpoint_id);
CREATE INDEX webhook_attempts_by_age ON webhook_attempts (started_at);

-- Whether an endpoint with these types hears of an event.
CREATE FUNCTION webhook_hears(p_event_types text[], p_type text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM unnest(p_event_types) AS wanted
        WHERE wanted = p_type OR wanted = '*'
           OR right(wanted, 2) = '.*' AND starts_with(p_type, left(wanted, -1)))
$$;
