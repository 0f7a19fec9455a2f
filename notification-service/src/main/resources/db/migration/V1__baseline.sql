-- The schema of notification-service, feature by feature: accounts, jobs and queues, mail, notifications, webhooks,
-- requests, dead letters, analytics, reports. Times are the database's, so that instances with different clocks agree
-- on them.


-- ---------------------------------------------------------------------------------------------------------------------
-- Accounts
-- ---------------------------------------------------------------------------------------------------------------------

-- Copies of the accounts, as account events report them: mails need the address, the name and the language. A row may
-- begin with a session whose event came first. A deleted account keeps its id and its times, so that an old event
-- that is delivered again does not bring it back.
CREATE TABLE accounts (
    tenant           text        NOT NULL,
    id               uuid        NOT NULL,
    email            text,
    first_name       text,
    locale           text,
    profile_as_of    timestamptz,               -- of the event with the three above; older events only fill gaps
    created_at       timestamptz,
    disabled_at      timestamptz,
    status_as_of     timestamptz,               -- time of the event that says whether the account is disabled
    deleted_at       timestamptz,
    first_session    uuid,
    first_session_at timestamptz,
    PRIMARY KEY (tenant, id),
    CHECK (deleted_at IS NULL OR (email IS NULL AND first_name IS NULL AND locale IS NULL))
);
-- Operators search jobs by an address; lower() is how the search compares addresses.
CREATE INDEX accounts_address ON accounts (tenant, lower(email)) WHERE email IS NOT NULL;


-- ---------------------------------------------------------------------------------------------------------------------
-- Jobs and queues: tables
-- ---------------------------------------------------------------------------------------------------------------------

-- The order in which jobs were added. Adding takes the number before the insert, so that a batch keeps its order.
CREATE SEQUENCE jobs_seq;

-- Queue and ledger in one: a job is inserted before the event or request that causes it is acknowledged, and stays
-- after it has ended.
CREATE TABLE jobs (
    id              uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    seq             bigint      NOT NULL DEFAULT nextval('jobs_seq'), -- orders jobs of one priority and due time
    tenant          text        NOT NULL,
    queue           text        NOT NULL,
    kind            text        NOT NULL,
    idempotency_key text,                                    -- null for jobs that are never added twice
    priority        smallint    NOT NULL,                    -- 0 is first
    state           text        NOT NULL DEFAULT 'waiting',
    due_at          timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz,                             -- not begun after this time
    payload         jsonb       NOT NULL,
    sealed          text,                                    -- a secret that only the handler can open
    with_secret     boolean     NOT NULL DEFAULT false,      -- had a secret: can't be run again after its end
    traceparent     text,                                    -- trace of the event or request that added the job

    max_attempts    integer     NOT NULL,
    backoff_ms      bigint      NOT NULL DEFAULT 2000,       -- after the first failed attempt; doubles with each
    repeatable      boolean     NOT NULL DEFAULT true,       -- run again when the result of an attempt is not known
    attempts        integer     NOT NULL DEFAULT 0,
    stalls          integer     NOT NULL DEFAULT 0,          -- attempts whose worker died before they ended

    fence           bigint      NOT NULL DEFAULT 0,          -- counts claims: an older claim can't end the job
    lease_until     timestamptz,                             -- of the claim; afterwards another worker takes over
    worker          text,                                    -- has the job, or had it last
    started_at      timestamptz,                             -- of the last attempt
    progress        smallint,                                -- of the last attempt, percent

    result          jsonb,
    failure         text,                                    -- of the last attempt
    history         jsonb       NOT NULL DEFAULT '[]',       -- attempts that did not complete the job
    created_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,

    UNIQUE (tenant, queue, idempotency_key),
    -- What is not due is 'delayed': claiming by priority then need not skip it.
    CONSTRAINT jobs_state_check CHECK (state IN
        ('waiting', 'delayed', 'active', 'completed', 'failed', 'unknown', 'cancelled')),
    CONSTRAINT jobs_leased_check CHECK ((state = 'active') = (lease_until IS NOT NULL)),
    CONSTRAINT jobs_finished_check CHECK
        ((state IN ('completed', 'failed', 'unknown', 'cancelled')) = (finished_at IS NOT NULL)),
    CONSTRAINT jobs_sealed_check CHECK (finished_at IS NULL OR sealed IS NULL)
) WITH (
    -- Every job changes at least twice, and dead rows slow the next claim down.
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
ALTER SEQUENCE jobs_seq OWNED BY jobs.seq;

-- The worker's questions: what to claim, what has become due, whose lease has ended, what has expired, what to delete.
CREATE INDEX jobs_waiting ON jobs (queue, tenant, priority, due_at, seq) WHERE state = 'waiting';
CREATE INDEX jobs_delayed ON jobs (due_at, priority, seq) WHERE state = 'delayed';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'active';
CREATE INDEX jobs_expiring ON jobs (expires_at) WHERE expires_at IS NOT NULL AND state IN ('waiting', 'delayed');
CREATE INDEX jobs_ended ON jobs (queue, tenant, state, finished_at) WHERE finished_at IS NOT NULL;

-- The operators' questions: the delayed jobs of one queue, the next one first; the mails and notifications of one
-- address or account ("a customer got no mail"). Payloads of clients may have anything under these names; an entry that
-- is too long for an index would fail the insert.
CREATE INDEX jobs_scheduled ON jobs (queue, tenant, due_at, priority, seq) WHERE state = 'delayed';
CREATE INDEX jobs_to_address ON jobs (tenant, lower(payload ->> 'to'), seq) WHERE length(payload ->> 'to') <= 320;
CREATE INDEX jobs_to_account ON jobs (tenant, (payload ->> 'account_id'), seq) WHERE length(payload ->> 'account_id') <= 64;

-- The queues that a tenant created, and its settings for the built-in ones. Null means the default of the service's
-- configuration.
CREATE TABLE queues (
    tenant                 text        NOT NULL,
    name                   text        NOT NULL,
    paused                 boolean     NOT NULL DEFAULT false,
    worked                 text        CHECK (worked IN ('service', 'lease', 'push')),

    push_url               text,
    push_secret            text,                             -- sealed
    push_secret_before     text,                             -- sealed; the receiver may still check with it for a while
    push_secret_changed_at timestamptz,
    push_legacy_signature  boolean     NOT NULL DEFAULT false, -- requests also carry X-Webhook-Signature

    attempts               integer,
    backoff_ms             bigint,
    max_stalls             integer,
    rate_limit             integer,                          -- jobs begun in any window
    rate_window_ms         bigint,
    keep_completed         integer,
    keep_failed            integer,
    created_at             timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, name)
);
CREATE INDEX queues_pushed ON queues (tenant, name) WHERE worked = 'push';

-- Jobs begun in each tenth of a window: the current tenth and the ten before it. Tenant '*' counts the whole queue.
CREATE TABLE rates (
    queue      text        NOT NULL,
    tenant     text        NOT NULL,
    started_at timestamptz NOT NULL, -- of the current tenth
    used       integer[]   NOT NULL, -- eleven counts, the current tenth first
    window_ms  bigint      NOT NULL, -- tells return_rate how long a tenth lasts
    PRIMARY KEY (queue, tenant)
) WITH (fillfactor = 50);


-- ---------------------------------------------------------------------------------------------------------------------
-- Jobs and queues: claiming. Functions, because a claim reads settings, counts rates and locks jobs in one round trip.
-- ---------------------------------------------------------------------------------------------------------------------

-- How many jobs may begin now, so that no window of that length, wherever it starts, has more than the limit: it
-- overlaps with eleven tenths at most, and all of them count whole. Also 0 while another claim counts.
CREATE FUNCTION rate_room(p_queue text, p_tenant text, p_limit integer, p_window_ms bigint) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    r rates;
    v_now timestamptz;
    v_tenth interval := p_window_ms * interval '100 microseconds';
    v_passed bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext(current_schema() || '.rates.' || p_queue), hashtext(p_tenant)) THEN
        RETURN 0;
    END IF;
    v_now := clock_timestamp();
    -- Also against return_rate, which takes no other lock.
    SELECT * INTO r FROM rates WHERE queue = p_queue AND tenant = p_tenant FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO rates (queue, tenant, started_at, used, window_ms)
        VALUES (p_queue, p_tenant, v_now, array_fill(0, ARRAY[11]), p_window_ms);
        RETURN p_limit;
    END IF;
    v_passed := floor(extract(epoch FROM v_now - r.started_at) / extract(epoch FROM v_tenth));
    IF v_passed >= 11 THEN
        r.used := array_fill(0, ARRAY[11]);
        r.started_at := v_now;
    ELSIF v_passed > 0 THEN
        r.used := array_fill(0, ARRAY[v_passed::integer]) || r.used[1 : 11 - v_passed::integer];
        r.started_at := r.started_at + v_passed * v_tenth;
    END IF;
    IF v_passed > 0 OR r.window_ms <> p_window_ms THEN
        UPDATE rates SET started_at = r.started_at, used = r.used, window_ms = p_window_ms
        WHERE queue = p_queue AND tenant = p_tenant;
    END IF;
    RETURN greatest(0, p_limit - (SELECT sum(n) FROM unnest(r.used) AS n));
END
$$;

-- Claims the most urgent jobs of one tenant in one queue, unless the queue has another work mode, is paused or is at
-- its rate limit. Skips expired jobs. p_usual, p_rate_limit and p_window_ms are for a tenant that has set none: the work
-- mode, and the limit; null is no limit. p_characters limits the size of all payloads together; a single job may exceed it.
CREATE FUNCTION claim_lane(p_queue text, p_tenant text, p_worked text, p_usual text, p_room integer, p_lease_ms bigint,
                           p_worker text, p_rate_limit integer, p_window_ms bigint, p_characters bigint DEFAULT NULL)
RETURNS SETOF jobs
LANGUAGE plpgsql AS $$
DECLARE
    q queues;
    v_room integer := p_room;
    v_limit integer;
    v_ids uuid[];
    v_begun timestamptz;
BEGIN
    SELECT * INTO q FROM queues WHERE tenant = p_tenant AND name = p_queue;
    IF q.paused OR p_worked <> coalesce(q.worked, p_usual) THEN
        RETURN;
    END IF;
    v_limit := coalesce(q.rate_limit, p_rate_limit);
    IF v_limit IS NOT NULL THEN
        v_room := least(v_room, rate_room(p_queue, p_tenant, v_limit, coalesce(q.rate_window_ms, p_window_ms)));
    END IF;
    IF v_room < 1 THEN
        RETURN;
    END IF;
    -- First the ids, then the rows by their ids: joined in one statement the planner may read the whole table.
    v_ids := ARRAY(
        SELECT id FROM jobs
        WHERE queue = p_queue AND tenant = p_tenant AND state = 'waiting' AND due_at <= now()
          AND (expires_at IS NULL OR expires_at > now())
        ORDER BY priority, due_at, seq
        LIMIT v_room
        FOR UPDATE SKIP LOCKED);
    IF cardinality(v_ids) > 1 AND p_characters IS NOT NULL THEN
        v_ids := ARRAY(
            SELECT id
            FROM (SELECT j.id, o.number,
                         sum(length(CAST(j.payload AS text))) OVER (ORDER BY o.number) AS characters
                  FROM unnest(v_ids) WITH ORDINALITY AS o(id, number)
                  JOIN jobs j ON j.id = o.id) AS together
            WHERE number = 1 OR characters <= p_characters);
    END IF;
    IF cardinality(v_ids) = 0 THEN
        RETURN;
    END IF;
    IF v_limit IS NOT NULL THEN
        UPDATE rates SET used[1] = used[1] + cardinality(v_ids) WHERE queue = p_queue AND tenant = p_tenant;
    END IF;
    -- Within the tenth that counts the claim: a tenth that this claim opened began after this transaction.
    v_begun := greatest(now(), (SELECT max(started_at) FROM rates WHERE queue = p_queue AND tenant IN ('*', p_tenant)));
    RETURN QUERY
        UPDATE jobs
        SET state = 'active', attempts = attempts + 1, fence = fence + 1, worker = p_worker, started_at = v_begun,
            progress = NULL, lease_until = now() + p_lease_ms * interval '1 millisecond'
        WHERE id = ANY(v_ids)
        RETURNING *;
END
$$;

-- Claims for a worker of the service, fairly among tenants: iterates over the tenants that have waiting jobs,
-- starting after p_after, and gives each an equal share of the room. p_total_limit is the rate limit of the whole
-- queue.
CREATE FUNCTION claim_jobs(p_queue text, p_after text, p_room integer, p_lease_ms bigint, p_worker text,
                           p_rate_limit integer, p_window_ms bigint, p_total_limit integer) RETURNS SETOF jobs
LANGUAGE plpgsql AS $$
DECLARE
    v_room integer := p_room;
    v_left integer;
    v_lanes integer := 0;
    v_tenant text := p_after;
    v_next text;
    v_wrapped boolean := false;
    v_claimed integer;
BEGIN
    IF p_total_limit IS NOT NULL THEN
        v_room := least(v_room, rate_room(p_queue, '*', p_total_limit, p_window_ms));
    END IF;
    IF v_room < 1 THEN
        RETURN;
    END IF;
    v_next := '';
    WHILE v_lanes < v_room LOOP
        SELECT tenant INTO v_next FROM jobs
        WHERE queue = p_queue AND state = 'waiting' AND tenant > v_next ORDER BY tenant LIMIT 1;
        EXIT WHEN NOT FOUND;
        v_lanes := v_lanes + 1;
    END LOOP;
    v_left := v_room;
    WHILE v_left > 0 LOOP
        SELECT tenant INTO v_next FROM jobs
        WHERE queue = p_queue AND state = 'waiting' AND tenant > v_tenant ORDER BY tenant LIMIT 1;
        IF NOT FOUND THEN
            EXIT WHEN v_wrapped;
            v_wrapped := true;
            v_tenant := '';
            CONTINUE;
        END IF;
        EXIT WHEN v_wrapped AND v_next > p_after;
        v_tenant := v_next;
        RETURN QUERY SELECT * FROM claim_lane(
            p_queue, v_tenant, 'service', 'service', ceil(v_left / greatest(v_lanes, 1)::numeric)::integer, p_lease_ms, p_worker,
            p_rate_limit, p_window_ms);
        GET DIAGNOSTICS v_claimed = ROW_COUNT;
        v_left := v_left - v_claimed;
        v_lanes := v_lanes - 1;
    END LOOP;
    IF p_total_limit IS NOT NULL AND v_left < v_room THEN
        UPDATE rates SET used[1] = used[1] + v_room - v_left WHERE queue = p_queue AND tenant = '*';
    END IF;
END
$$;


-- ---------------------------------------------------------------------------------------------------------------------
-- Jobs and queues: giving claims back, and deleting what has ended
-- ---------------------------------------------------------------------------------------------------------------------

-- Returns what claimed jobs of a tenant that were not begun have cost: to the tenant's limit and to that of the whole
-- queue, in the tenth of a window in which each was claimed. Older tenths no longer count, and nothing is returned to
-- them. Returns the number of jobs.
CREATE FUNCTION return_rate(p_queue text, p_tenant text, p_claimed_at timestamptz[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    r rates;
    v_claimed_at timestamptz;
    v_tenth integer;
BEGIN
    -- Two calls with the same rows lock them in the same order.
    FOR r IN SELECT * FROM rates WHERE queue = p_queue AND tenant IN ('*', p_tenant) ORDER BY tenant FOR UPDATE LOOP
        FOREACH v_claimed_at IN ARRAY p_claimed_at LOOP
            CONTINUE WHEN v_claimed_at IS NULL;
            v_tenth := 1 + greatest(0, least(11,
                ceil(extract(epoch FROM r.started_at - v_claimed_at) * 10000 / r.window_ms)));
            IF v_tenth <= 11 THEN
                r.used[v_tenth] := greatest(0, r.used[v_tenth] - 1);
            END IF;
        END LOOP;
        UPDATE rates SET used = r.used WHERE queue = p_queue AND tenant = r.tenant;
    END LOOP;
    RETURN cardinality(p_claimed_at);
END
$$;

-- Undoes claims: the jobs wait again, without the attempt, and without a place in any rate. Does nothing for a claim
-- that has ended. Returns the number of jobs given back.
CREATE FUNCTION give_back(p_ids uuid[], p_fences bigint[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    lane record;
    v_count bigint := 0;
BEGIN
    FOR lane IN
        WITH mine AS MATERIALIZED (
            SELECT j.id, j.queue, j.tenant, j.started_at
            FROM unnest(p_ids, p_fences) AS given(id, fence)
            JOIN jobs j ON j.id = given.id AND j.fence = given.fence AND j.lease_until IS NOT NULL
            ORDER BY j.id
            FOR UPDATE OF j),
        returned AS (
            UPDATE jobs
            SET state = 'waiting', attempts = attempts - 1, lease_until = NULL, started_at = NULL, worker = NULL
            WHERE id = ANY(ARRAY(SELECT id FROM mine)))
        SELECT queue, tenant, array_agg(started_at) AS claimed_at, count(*) AS jobs
        FROM mine GROUP BY queue, tenant ORDER BY queue, tenant
    LOOP
        PERFORM return_rate(lane.queue, lane.tenant, lane.claimed_at);
        v_count := v_count + lane.jobs;
    END LOOP;
    RETURN v_count;
END
$$;

-- Deletes ended jobs beyond the last p_keep_… of their tenant, queue and state, and those older than p_longest. A job
-- with an idempotency key stays for p_keys_for, so that the key is known that long. Covers p_lanes lanes after the
-- named one, and returns how many jobs it deleted and the lane at which it stopped; the names are null when there are
-- no more lanes.
CREATE FUNCTION prune_jobs(p_queue text, p_tenant text, p_state text, p_keep_completed integer, p_keep_failed integer,
                           p_keys_for interval, p_longest interval, p_lanes integer, p_batch integer,
                           OUT deleted bigint, OUT queue text, OUT tenant text, OUT state text)
LANGUAGE plpgsql AS $$
DECLARE
    lane record;
    v_keep integer;
    v_cut timestamptz;
    v_deleted bigint;
BEGIN
    deleted := 0;
    queue := p_queue;
    tenant := p_tenant;
    state := p_state;
    FOR i IN 1 .. p_lanes LOOP
        SELECT j.queue, j.tenant, j.state INTO lane FROM jobs j
        WHERE j.finished_at IS NOT NULL
          AND (j.queue, j.tenant, j.state) > (prune_jobs.queue, prune_jobs.tenant, prune_jobs.state)
        ORDER BY j.queue, j.tenant, j.state LIMIT 1;
        IF NOT FOUND THEN
            queue := NULL;
            tenant := NULL;
            state := NULL;
            RETURN;
        END IF;
        SELECT CASE WHEN lane.state = 'completed' THEN q.keep_completed ELSE q.keep_failed END INTO v_keep
        FROM queues q WHERE q.tenant = lane.tenant AND q.name = lane.queue;
        v_keep := coalesce(v_keep, CASE WHEN lane.state = 'completed' THEN p_keep_completed ELSE p_keep_failed END);
        SELECT j.finished_at INTO v_cut FROM jobs j
        WHERE j.queue = lane.queue AND j.tenant = lane.tenant AND j.state = lane.state AND j.finished_at IS NOT NULL
        ORDER BY j.finished_at DESC OFFSET v_keep LIMIT 1;
        v_cut := greatest(coalesce(v_cut, '-infinity'), now() - p_longest);
        DELETE FROM jobs WHERE id = ANY(ARRAY(
            SELECT j.id FROM jobs j
            WHERE j.queue = lane.queue AND j.tenant = lane.tenant AND j.state = lane.state AND j.finished_at <= v_cut
              AND (j.idempotency_key IS NULL OR j.finished_at < now() - p_keys_for)
            ORDER BY j.finished_at
            LIMIT p_batch
            FOR UPDATE SKIP LOCKED));
        GET DIAGNOSTICS v_deleted = ROW_COUNT;
        deleted := deleted + v_deleted;
        -- A lane that may have more to delete is the next one again.
        EXIT WHEN v_deleted >= p_batch;
        queue := lane.queue;
        tenant := lane.tenant;
        state := lane.state;
        EXIT WHEN deleted >= p_batch;
    END LOOP;
END
$$;


-- ---------------------------------------------------------------------------------------------------------------------
-- Mail
-- ---------------------------------------------------------------------------------------------------------------------

-- A tenant's own templates, in place of the built-in ones or for its own kinds of mail.
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

-- How many mails an address got in its window, from all tenants together: the owner of the address does not know of
-- tenants.
CREATE TABLE mailed_addresses (
    address_hash text        PRIMARY KEY,       -- SHA-256
    window_end   timestamptz NOT NULL,
    mails        integer     NOT NULL
);
CREATE INDEX mailed_addresses_over ON mailed_addresses (window_end);


-- ---------------------------------------------------------------------------------------------------------------------
-- Notifications
-- ---------------------------------------------------------------------------------------------------------------------

-- One row per account that ever got a notification. Its lock puts the notifications of the account in order.
CREATE TABLE recipients (
    tenant     text   NOT NULL,
    account_id uuid   NOT NULL,
    last_seq   bigint NOT NULL,
    PRIMARY KEY (tenant, account_id)
);

-- Numbered 1, 2, 3 … per account without a gap, so that a client can see what it missed: the transaction that inserts
-- takes the number.
CREATE TABLE notifications (
    tenant     text        NOT NULL,
    account_id uuid        NOT NULL,
    seq        bigint      NOT NULL,
    id         uuid        NOT NULL DEFAULT gen_random_uuid(),
    event_id   uuid        NOT NULL UNIQUE,               -- its cause: a redelivered event inserts nothing
    kind       text        NOT NULL,
    title      text        NOT NULL,
    body       text        NOT NULL,
    data       jsonb       NOT NULL DEFAULT '{}',         -- for the application's client: the icon of a badge
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, account_id, seq)
);


-- ---------------------------------------------------------------------------------------------------------------------
-- Webhooks
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE webhook_endpoints (
    id               uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant           text        NOT NULL,
    url              text        NOT NULL,
    description      text        NOT NULL,
    event_types      text[]      NOT NULL,               -- exact types, 'account.*', '*'
    secret           text        NOT NULL,               -- sealed; signs
    former_secret    text,                               -- sealed; signs too, until former_until
    former_until     timestamptz,
    legacy_signature boolean     NOT NULL DEFAULT false, -- requests also carry X-Webhook-Signature
    disabled_at      timestamptz,
    disabled_for     text        CHECK (disabled_for IN ('administrator', 'gone', 'failing')),
    told             boolean     NOT NULL DEFAULT true,  -- other endpoints of the tenant know that it is disabled
    failing_since    timestamptz,                        -- the first failed attempt after the last successful one
    failures         integer     NOT NULL DEFAULT 0,     -- attempts since then
    created_at       timestamptz NOT NULL DEFAULT now(),
    CHECK ((former_secret IS NULL) = (former_until IS NULL)),
    CHECK ((disabled_at IS NULL) = (disabled_for IS NULL))
);
CREATE INDEX webhook_endpoints_of_tenant ON webhook_endpoints (tenant, created_at, id);

-- Events that at least one endpoint received, stored for as long as they can be replayed.
CREATE TABLE webhook_events (
    tenant     text        NOT NULL,
    id         uuid        NOT NULL,                     -- webhook-id is derived from it, so it never changes
    type       text        NOT NULL,
    subject    uuid,                                     -- the account; its events are deleted with it
    body       text        NOT NULL,                     -- JSON, byte for byte as it is signed
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, id)
);
CREATE INDEX webhook_events_in_order ON webhook_events (tenant, created_at, id);
CREATE INDEX webhook_events_by_age ON webhook_events (created_at);
CREATE INDEX webhook_events_of_subject ON webhook_events (tenant, subject) WHERE subject IS NOT NULL;

-- Every request that was sent, or could not be sent, and its response.
CREATE TABLE webhook_attempts (
    id              uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant          text        NOT NULL,
    endpoint_id     uuid        NOT NULL,
    event_id        uuid        NOT NULL,
    event_type      text        NOT NULL,
    job_id          uuid        NOT NULL,
    attempt         integer     NOT NULL,
    url             text        NOT NULL,
    request_headers jsonb       NOT NULL,
    started_at      timestamptz NOT NULL,
    took_ms         integer     NOT NULL,
    succeeded       boolean     NOT NULL,
    failure         text,
    status          integer,                             -- null without a response
    content_type    text,
    answer          text,                                -- beginning of the response's body
    answer_whole    boolean
);
CREATE INDEX webhook_attempts_of_endpoint ON webhook_attempts (tenant, endpoint_id, started_at, id);
CREATE INDEX webhook_attempts_of_event ON webhook_attempts (tenant, event_id, endpoint_id);
CREATE INDEX webhook_attempts_by_age ON webhook_attempts (started_at);

-- Whether an endpoint with these types receives an event.
CREATE FUNCTION webhook_hears(p_event_types text[], p_type text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM unnest(p_event_types) AS wanted
        WHERE wanted = p_type OR wanted = '*'
           OR right(wanted, 2) = '.*' AND starts_with(p_type, left(wanted, -1)))
$$;


-- ---------------------------------------------------------------------------------------------------------------------
-- Requests: idempotency
-- ---------------------------------------------------------------------------------------------------------------------

-- The responses to requests with an Idempotency-Key, for clients that send the request again.
CREATE TABLE idempotency_keys (
    tenant      text        NOT NULL,
    key_hash    text        NOT NULL,             -- SHA-256 of the client's key, which may contain anything
    fingerprint text        NOT NULL,             -- SHA-256 of method, path and body
    effect_id   uuid        NOT NULL,             -- makes the effect idempotent; stays when another instance takes over
    fence       bigint      NOT NULL DEFAULT 1,   -- counts holders: an older one can neither respond nor release
    held_until  timestamptz,                      -- a request is being handled; afterwards another one may take over
    status      smallint,                         -- of the response
    location    text,
    answer      text,                             -- JSON
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant, key_hash),
    CHECK ((status IS NULL) = (held_until IS NOT NULL))
);
CREATE INDEX idempotency_keys_expired ON idempotency_keys (expires_at);


-- ---------------------------------------------------------------------------------------------------------------------
-- Dead letters
-- ---------------------------------------------------------------------------------------------------------------------

-- Records of the dead-letter topics that could not be read or handled, for operators to inspect and replay.
CREATE TABLE dead_letters (
    id          uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    group_name  text        NOT NULL,             -- the subscription that could not handle the record
    topic       text        NOT NULL,             -- of the record, not of the dead letter
    partition   integer     NOT NULL,
    "offset"    bigint      NOT NULL,
    record_key  text,
    event_id    text,
    event_type  text,
    tenant      text,                             -- as the record claims it
    reason      text        NOT NULL,             -- class of the error
    detail      text,                             -- safe to show: no value from the data
    size        bigint      NOT NULL,             -- bytes of the data, even if it was too large to be stored
    headers     jsonb       NOT NULL,
    data        bytea,                            -- null if there was none, or if it was too large
    parked_at   timestamptz NOT NULL,
    replays     integer     NOT NULL DEFAULT 0,
    replayed_at timestamptz,                      -- when a replay succeeded, which closes the dead letter
    UNIQUE (group_name, topic, partition, "offset")
);
CREATE INDEX dead_letters_newest ON dead_letters (parked_at DESC, id DESC);


-- ---------------------------------------------------------------------------------------------------------------------
-- Analytics
-- ---------------------------------------------------------------------------------------------------------------------

-- How often each kind of event happened, per tenant and day (UTC).
CREATE TABLE daily_counts (
    tenant text   NOT NULL,
    day    date   NOT NULL,
    kind   text   NOT NULL,
    count  bigint NOT NULL,
    PRIMARY KEY (tenant, day, kind)
);

-- Jobs and events that were counted, so that a retry counts once.
CREATE TABLE counted (
    id         uuid        PRIMARY KEY,
    counted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX counted_oldest ON counted (counted_at);


-- ---------------------------------------------------------------------------------------------------------------------
-- Reports
-- ---------------------------------------------------------------------------------------------------------------------

-- Finished reports, for download.
CREATE TABLE reports (
    id         uuid        PRIMARY KEY,          -- of the job that created it
    tenant     text        NOT NULL,
    kind       text        NOT NULL,
    begins     timestamptz NOT NULL,
    ends       timestamptz NOT NULL,             -- exclusive
    lines      integer     NOT NULL,             -- without the header line
    csv        text        NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reports_newest ON reports (tenant, made_at DESC, id DESC);
CREATE INDEX reports_oldest ON reports (made_at);
