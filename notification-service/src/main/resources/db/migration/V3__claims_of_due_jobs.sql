-- Claims also take delayed jobs that have become due: the move to 'waiting' was a third write for each of them. Jobs that
-- stay unclaimed for a while, because the workers are busy or the queue is paused, are still moved; at the latest after
-- five seconds, so that claims need not step over the dead entries of older ones. Claims, and the search for queues to
-- push, now read the index jobs_scheduled, too.

-- As before, but without waiting for a row that return_rate has locked: both lock the rows of several tenants, in different
-- orders.
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
    SELECT * INTO r FROM rates WHERE queue = p_queue AND tenant = p_tenant FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        INSERT INTO rates (queue, tenant, started_at, used, window_ms)
        VALUES (p_queue, p_tenant, v_now, array_fill(0, ARRAY[11]), p_window_ms)
        ON CONFLICT DO NOTHING;
        RETURN CASE WHEN FOUND THEN p_limit ELSE 0 END;
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

CREATE OR REPLACE FUNCTION claim_lane(
    p_queue text, p_tenant text, p_worked text, p_usual text, p_room integer, p_lease_ms bigint, p_worker text,
    p_rate_limit integer, p_window_ms bigint, p_characters bigint DEFAULT NULL)
RETURNS SETOF jobs
LANGUAGE plpgsql AS $$
DECLARE
    q queues;
    v_room integer := p_room;
    v_limit integer;
    v_delayed integer;
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
    -- How many of the most urgent are delayed; locks nothing, so that another claim finds the rest.
    SELECT count(*) FILTER (WHERE delayed) INTO v_delayed
    FROM (SELECT delayed
          FROM ((SELECT true AS delayed, priority, due_at, seq FROM jobs
                 WHERE queue = p_queue AND tenant = p_tenant AND state = 'delayed'
                   AND due_at <= now() AND due_at > now() - interval '5 seconds'
                   AND (expires_at IS NULL OR expires_at > now())
                 ORDER BY due_at, priority, seq
                 LIMIT v_room)
                UNION ALL
                (SELECT false, priority, due_at, seq FROM jobs
                 WHERE queue = p_queue AND tenant = p_tenant AND state = 'waiting' AND due_at <= now()
                   AND (expires_at IS NULL OR expires_at > now())
                 ORDER BY priority, due_at, seq
                 LIMIT v_room)) AS ready
          ORDER BY priority, due_at, seq
          LIMIT v_room) AS first;
    -- First the ids, then the rows by their ids: joined in one statement the planner may read the whole table.
    v_ids := ARRAY(
        SELECT id FROM jobs
        WHERE queue = p_queue AND tenant = p_tenant AND state = 'waiting' AND due_at <= now()
          AND (expires_at IS NULL OR expires_at > now())
        ORDER BY priority, due_at, seq
        LIMIT v_room - v_delayed
        FOR UPDATE SKIP LOCKED);
    IF v_delayed > 0 THEN
        v_ids := v_ids || ARRAY(
            SELECT id FROM jobs
            WHERE queue = p_queue AND tenant = p_tenant AND state = 'delayed'
              AND due_at <= now() AND due_at > now() - interval '5 seconds'
              AND (expires_at IS NULL OR expires_at > now())
            ORDER BY due_at, priority, seq
            LIMIT v_delayed
            FOR UPDATE SKIP LOCKED);
    END IF;
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

-- The next tenant in the order of names that has jobs to be claimed; null if there is none. p_due are tenants with delayed
-- jobs that have become due.
CREATE FUNCTION next_lane(p_queue text, p_due text[], p_after text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN least(
        (SELECT tenant FROM jobs WHERE queue = p_queue AND state = 'waiting' AND tenant > p_after ORDER BY tenant LIMIT 1),
        (SELECT min(due) FROM unnest(p_due) AS due WHERE due > p_after));
END
$$;

CREATE OR REPLACE FUNCTION claim_jobs(
    p_queue text, p_after text, p_room integer, p_lease_ms bigint, p_worker text, p_rate_limit integer,
    p_window_ms bigint, p_total_limit integer)
RETURNS SETOF jobs
LANGUAGE plpgsql AS $$
DECLARE
    v_room integer := p_room;
    v_left integer;
    v_lanes integer := 0;
    v_due text[];
    v_tenant text := p_after;
    v_next text := '';
    v_wrapped boolean := false;
    v_claimed integer;
BEGIN
    IF p_total_limit IS NOT NULL THEN
        v_room := least(v_room, rate_room(p_queue, '*', p_total_limit, p_window_ms));
    END IF;
    IF v_room < 1 THEN
        RETURN;
    END IF;
    -- Of all queues together: a thousand that are due are moved at once.
    v_due := ARRAY(
        SELECT DISTINCT tenant
        FROM (SELECT queue, tenant FROM jobs
              WHERE state = 'delayed' AND due_at <= now() AND due_at > now() - interval '5 seconds'
              ORDER BY due_at, priority, seq LIMIT 2000) AS due
        WHERE queue = p_queue);
    WHILE v_lanes < v_room LOOP
        v_next := next_lane(p_queue, v_due, v_next);
        EXIT WHEN v_next IS NULL;
        v_lanes := v_lanes + 1;
    END LOOP;
    v_left := v_room;
    WHILE v_left > 0 LOOP
        v_next := next_lane(p_queue, v_due, v_tenant);
        IF v_next IS NULL THEN
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
