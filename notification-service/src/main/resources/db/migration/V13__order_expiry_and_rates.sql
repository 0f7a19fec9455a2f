-- Of jobs with one priority and due time the one that was added first is first. Those that are there keep the order of their times.
ALTER TABLE jobs ADD COLUMN seq bigint;
CREATE SEQUENCE jobs_seq OWNED BY jobs.seq;
UPDATE jobs SET seq = ordered.number
FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS number FROM jobs) AS ordered
WHERE jobs.id = ordered.id;
SELECT setval('jobs_seq', (SELECT coalesce(max(seq), 0) + 1 FROM jobs), false);
ALTER TABLE jobs ALTER COLUMN seq SET DEFAULT nextval('jobs_seq'), ALTER COLUMN seq SET NOT NULL;

-- The names of the version before: its statements find in them what they look for.
DROP INDEX jobs_waiting;
DROP INDEX jobs_delayed;
DROP INDEX jobs_scheduled;
CREATE INDEX jobs_waiting ON jobs (queue, tenant, priority, due_at, seq) WHERE state = 'waiting';
CREATE INDEX jobs_delayed ON jobs (due_at, priority, seq) WHERE state = 'delayed';
CREATE INDEX jobs_scheduled ON jobs (queue, tenant, due_at, priority, seq) WHERE state = 'delayed';
CREATE INDEX jobs_expiring ON jobs (expires_at) WHERE expires_at IS NOT NULL AND state IN ('waiting', 'delayed');

-- Whether it had a secret, which is wiped when it ends: without it the job can't be done again.
ALTER TABLE jobs ADD COLUMN with_secret boolean NOT NULL DEFAULT false;
UPDATE jobs SET with_secret = true WHERE sealed IS NOT NULL OR queue = 'email-codes';

-- What a tenth of the window lasts is known to whom a job is given back, too.
ALTER TABLE rates ADD COLUMN window_ms bigint;

-- How many jobs may begin now, so that no window of that length, wherever it starts, has more than the limit: it overlaps with
-- eleven tenths at most, and all of them count whole. 0 also while another claim counts.
CREATE OR REPLACE FUNCTION rate_room(p_queue text, p_tenant text, p_limit integer, p_window_ms bigint) RETURNS integer
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
    IF v_passed > 0 OR r.window_ms IS DISTINCT FROM p_window_ms THEN
        UPDATE rates SET started_at = r.started_at, used = r.used, window_ms = p_window_ms
        WHERE queue = p_queue AND tenant = p_tenant;
    END IF;
    RETURN greatest(0, p_limit - (SELECT sum(n) FROM unnest(r.used) AS n));
END
$$;

-- Takes back what jobs of a tenant cost that were claimed at these times and not begun: from the tenant's limit and from that of
-- the whole queue, in the tenth of a window in which each was claimed. What is no longer counted is nothing to take back. Returns
-- how many jobs they were.
CREATE FUNCTION return_rate(p_queue text, p_tenant text, p_claimed_at timestamptz[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    r rates;
    v_claimed_at timestamptz;
    v_tenth integer;
BEGIN
    -- Two calls with the same rows lock them in the same order.
    FOR r IN SELECT * FROM rates WHERE queue = p_queue AND tenant IN ('*', p_tenant) ORDER BY tenant FOR UPDATE LOOP
        CONTINUE WHEN r.window_ms IS NULL;
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

-- Makes of claimed jobs what they were before: waiting, without an attempt, and without a place in any rate. One whose claim is
-- over is left alone. Returns how many were given back.
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
            UPDATE jobs SET state = 'waiting', attempts = attempts - 1, lease_until = NULL, started_at = NULL, worker = NULL
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

-- Claims the most urgent jobs of one tenant in one queue, if it is worked so, not paused and not at its rate limit. What is expired
-- is passed over. p_rate_limit and p_window_ms are for a tenant that has set none; null is no limit. p_characters is what the
-- payloads may have together, unless the first alone has more.
DROP FUNCTION claim_lane(text, text, text, integer, bigint, text, integer, bigint);
CREATE FUNCTION claim_lane(p_queue text, p_tenant text, p_worked text, p_room integer, p_lease_ms bigint, p_worker text,
                           p_rate_limit integer, p_window_ms bigint, p_characters bigint DEFAULT NULL) RETURNS SETOF jobs
LANGUAGE plpgsql AS $$
DECLARE
    q queues;
    v_room integer := p_room;
    v_limit integer;
    v_ids uuid[];
    v_begun timestamptz;
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
    -- In the tenth of the window in which it is counted: that began after this transaction did, when it is the first of the tenth.
    v_begun := greatest(now(), (SELECT max(started_at) FROM rates WHERE queue = p_queue AND tenant IN ('*', p_tenant)));
    RETURN QUERY
        UPDATE jobs
        SET state = 'active', attempts = attempts + 1, fence = fence + 1, worker = p_worker, started_at = v_begun,
            progress = NULL, lease_until = now() + p_lease_ms * interval '1 millisecond'
        WHERE id = ANY(v_ids)
        RETURNING *;
END
$$;
