-- How often what happened on which day (UTC), per tenant.
CREATE TABLE daily_counts (
    tenant text   NOT NULL,
    day    date   NOT NULL,
    kind   text   NOT NULL,
    count  bigint NOT NULL,
    PRIMARY KEY (tenant, day, kind)
);

-- The jobs and events that were counted: what is tried twice counts once.
CREATE TABLE counted (
    id         uuid        PRIMARY KEY,
    counted_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX counted_oldest ON counted (counted_at);

-- Reports that are made, for download.
CREATE TABLE reports (
    id         uuid        PRIMARY KEY,          -- of the job that made it
    tenant     text        NOT NULL,
    kind       text        NOT NULL,
    begins     timestamptz NOT NULL,
    ends       timestamptz NOT NULL,             -- exclusive
    lines      integer     NOT NULL,             -- without the one that names the columns
    csv        text        NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX reports_newest ON reports (tenant, made_at DESC, id DESC);
CREATE INDEX reports_oldest ON reports (made_at);
