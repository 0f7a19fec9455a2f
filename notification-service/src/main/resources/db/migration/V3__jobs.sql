-- Deliveries become jobs: the same table with more states, more to say about each, and queues that can be set.
ALTER TABLE deliveries RENAME TO jobs;
ALTER TABLE jobs
    ALTER COLUMN idempotency_key DROP NOT NULL,               -- work that nobody will ask for twice needs none
    ADD COLUMN backoff_ms bigint      NOT NULL DEFAULT 2000,  -- wait after the first failed attempt; doubles
    ADD COLUMN stalls     integer     NOT NULL DEFAULT 0,     -- attempts whose worker was gone before they ended
    ADD COLUMN repeatable boolean     NOT NULL DEFAULT true,  -- better done twice than not at all
    ADD COLUMN worker     text,                               -- who has it, or had it last
    ADD COLUMN started_at timestamptz,                        -- of the last attempt
    ADD COLUMN progress   smallint,                           -- of the last attempt, percent
    ADD COLUMN result     jsonb,
    ADD COLUMN history    jsonb       NOT NULL DEFAULT '[]',  -- attempts that ended otherwise than completed
    DROP CONSTRAINT deliveries_state_check,
    DROP CONSTRAINT deliveries_check1,
    ADD CONSTRAINT jobs_state_check CHECK (state IN
        ('waiting', 'delayed', 'active', 'completed', 'failed', 'unknown', 'cancelled')),
    ADD CONSTRAINT jobs_finished_check CHECK
        ((state IN ('completed', 'failed', 'unknown', 'cancelled')) = (finished_at IS NOT NULL)),
    -- Every job changes twice, and what is dead is in the way of the next claim.
    SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05,
         autovacuum_vacuum_cost_delay = 0);

-- The state 'delayed' is for what is not due: what waits can then be claimed by priority without stepping over it.
UPDATE jobs SET state = 'delayed' WHERE state = 'waiting' AND due_at > now();

DROP INDEX deliveries_waiting;
DROP INDEX deliveries_leased;
CREATE INDEX jobs_waiting ON jobs (queue, tenant, priority, due_at) WHERE state = 'waiting';
CREATE INDEX jobs_delayed ON jobs (due_at) WHERE state = 'delayed';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'active';
CREATE INDEX jobs_ended ON jobs (queue, tenant, state, finished_at) WHERE finished_at IS NOT NULL;

-- For the instances of the version before, until all of them are replaced.
CREATE VIEW deliveries AS
    SELECT id, tenant, queue, kind, idempotency_key, priority, state, due_at, expires_at, attempts, max_attempts, fence,
           lease_until, payload, sealed, failure, traceparent, created_at, finished_at
    FROM jobs;

-- What a tenant has set for a queue, and the queues that it made. What is null is as the service's configuration says.
CREATE TABLE queues (
    tenant         text        NOT NULL,
    name           text        NOT NULL,
    paused         boolean     NOT NULL DEFAULT false,
    worked         text        CHECK (worked IN ('service', 'lease', 'push')),
    push_url       text,
    push_secret    text,                               -- sealed
    attempts       integer,
    backoff_ms     bigint,
    max_stalls     integer,
    rate_limit     integer,                            -- jobs begun in any window
    rate_window_ms bigint,
    keep_completed integer,
    keep_failed    integer,
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, name)
);

-- Jobs begun in each tenth of a window: the tenth that runs, and the ten before it; tenant '*' counts the whole queue.
CREATE TABLE rates (
    queue      text        NOT NULL,
    tenant     text        NOT NULL,
    started_at timestamptz NOT NULL, -- of the tenth that runs
    used       integer[]   NOT NULL, -- eleven; the one that runs is the first
    PRIMARY KEY (queue, tenant)
) WITH (fillfactor = 50);

CREATE FUNCTION worked_by_default(p_queue text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT CASE WHEN p_queue IN ('email', 'webhook', 'notification', 'analytics', 'report') THEN 'service' ELSE 'lease' END
$$;

-- How many jobs may begin now, so that no window of that length, wherever it starts, has more than the limit: it overlaps with
-- eleven tenths at most, and all of them count whole. 0 also while another claim counts.
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
    SELECT * INTO r FROM rates WHERE queue = p_queue AND tenant = p_tenant;
    IF NOT FOUND THEN
        INSERT INTO rates VALUES (p_queue, p_tenant, v_now, array_fill(0, ARRAY[11]));
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
    IF v_passed > 0 THEN
        UPDATE rates SET started_at = r.started_at, used = r.used WHERE queue = p_queue AND tenant = p_tenant;
    END IF;
    RETURN greatest(0, p_limit - (SELECT sum(n) FROM unnest(r.used) AS n));
END
$$;

-- Claims the most urgent jobs of one tenant in one queue, if it is worked so, not paused and not at its rate limit.
-- p_rate_limit and p_window_ms are for a tenant that has set none; null is no limit.
CREATE FUNCTION claim_lane(p_queue text, p_tenant text, p_worked text, p_room integer, p_lease_ms bigint, p_worker text,
                           p_rate_limit integer, p_window_ms bigint) RETURNS SETOF jobs
LANGUAGE plpgsql AS $$
DECLARE
    q queues;
    v_room integer := p_room;
    v_limit integer;
    v_ids uuid[];
BEGIN
    SELECT * INTO q FROM queues WHERE tenant = p_tenant AND name = p_queue;
    -- A worker of the service claims where it has a handler.
    IF q.paused OR p_worked <> coalesce(q.worked, CASE p_worked WHEN 'service' THEN 'service'
                                                               ELSE worked_by_default(p_queue) END) THEN
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
        ORDER BY priority, due_at
        LIMIT v_room
        FOR UPDATE SKIP LOCKED);
    IF cardinality(v_ids) = 0 THEN
        RETURN;
    END IF;
    IF v_limit IS NOT NULL THEN
        UPDATE rates SET used[1] = used[1] + cardinality(v_ids) WHERE queue = p_queue AND tenant = p_tenant;
    END IF;
    RETURN QUERY
        UPDATE jobs
        SET state = 'active', attempts = attempts + 1, fence = fence + 1, worker = p_worker, started_at = now(),
            progress = NULL, lease_until = now() + p_lease_ms * interval '1 millisecond'
        WHERE id = ANY(v_ids)
        RETURNING *;
END
$$;

-- Claims for a worker of the service, from all tenants alike: goes round the tenants that have something waiting, beginning
-- behind p_after, and gives each an equal share of the room. p_total_limit is the whole queue's rate limit.
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
        RETURN QUERY SELECT * FROM claim_lane(p_queue, v_tenant, 'service', ceil(v_left / greatest(v_lanes, 1)::numeric)::integer,
                                              p_lease_ms, p_worker, p_rate_limit, p_window_ms);
        GET DIAGNOSTICS v_claimed = ROW_COUNT;
        v_left := v_left - v_claimed;
        v_lanes := v_lanes - 1;
    END LOOP;
    IF p_total_limit IS NOT NULL AND v_left < v_room THEN
        UPDATE rates SET used[1] = used[1] + v_room - v_left WHERE queue = p_queue AND tenant = '*';
    END IF;
END
$$;

-- Deletes ended jobs beyond the last p_keep of their tenant, queue and state, and those older than p_longest. One with a key
-- stays for p_keys_for, so that the key is known that long. Looks at some of them, behind the one that is named, and says how many
-- it deleted and where it ended; the names are null when there are no more.
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
        WHERE j.finished_at IS NOT NULL AND (j.queue, j.tenant, j.state) > (prune_jobs.queue, prune_jobs.tenant, prune_jobs.state)
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
        -- One that may have more to delete is looked at again.
        EXIT WHEN v_deleted >= p_batch;
        queue := lane.queue;
        tenant := lane.tenant;
        state := lane.state;
        EXIT WHEN deleted >= p_batch;
    END LOOP;
END
$$;
