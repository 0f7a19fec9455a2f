-- Mails are claimed ahead: their worker marks each of them as begun together with its place in the limit of its address,
-- before it is sent. One that was not begun when its worker died waits again, whatever its kind.
ALTER TABLE jobs ADD COLUMN claimed_ahead boolean NOT NULL DEFAULT false; -- an active job that has certainly had no effect yet

-- As before, and with p_ahead; without it for instances of an older version, which begin what they claim.
DROP FUNCTION claim_jobs(text, text, integer, bigint, text, integer, bigint, integer);
DROP FUNCTION claim_lane(text, text, text, text, integer, bigint, text, integer, bigint, bigint);

CREATE FUNCTION claim_lane(
    p_queue text, p_tenant text, p_worked text, p_usual text, p_room integer, p_lease_ms bigint, p_worker text,
    p_rate_limit integer, p_window_ms bigint, p_characters bigint DEFAULT NULL,
    p_ahead boolean DEFAULT false)
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
            progress = NULL, lease_until = now() + p_lease_ms * interval '1 millisecond', claimed_ahead = p_ahead
        WHERE id = ANY(v_ids)
        RETURNING *;
END
$$;

CREATE FUNCTION claim_jobs(
    p_queue text, p_after text, p_room integer, p_lease_ms bigint, p_worker text, p_rate_limit integer,
    p_window_ms bigint, p_total_limit integer, p_ahead boolean DEFAULT false)
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
            p_rate_limit, p_window_ms, NULL, p_ahead);
        GET DIAGNOSTICS v_claimed = ROW_COUNT;
        v_left := v_left - v_claimed;
        v_lanes := v_lanes - 1;
    END LOOP;
    IF p_total_limit IS NOT NULL AND v_left < v_room THEN
        UPDATE rates SET used[1] = used[1] + v_room - v_left WHERE queue = p_queue AND tenant = '*';
    END IF;
END
$$;

-- Begins mails that their worker has claimed: takes a place in the limit of each mail's address, and marks those that got
-- one as begun. p_most is the limit that applies to the mail. Locks the jobs in the order of their ids, as all statements
-- with claimed jobs do, and then the addresses in their order. Returns a row per mail, with its number in the arrays: the
-- seconds until the window is over, 0 if the mail was begun, or -1 if the claim is lost.
CREATE FUNCTION begin_mails(p_ids uuid[], p_fences bigint[], p_hashes text[], p_most integer[], p_window interval)
RETURNS TABLE (number bigint, wait bigint)
LANGUAGE plpgsql AS $$
DECLARE
    v_numbers integer[]; -- of the mails whose claim is held
BEGIN
    v_numbers := ARRAY(
        SELECT mine.number
        FROM unnest(p_ids, p_fences) WITH ORDINALITY AS mine(id, fence, number)
        JOIN jobs j ON j.id = mine.id AND j.fence = mine.fence AND j.lease_until IS NOT NULL
        ORDER BY j.id
        FOR NO KEY UPDATE OF j);
    RETURN QUERY
        WITH placed AS MATERIALIZED (
            SELECT v_numbers[place.number] AS number, place.wait
            FROM take_mail_places(
                ARRAY(SELECT p_hashes[held.number] FROM unnest(v_numbers) WITH ORDINALITY AS held(number, place)
                      ORDER BY held.place),
                ARRAY(SELECT p_most[held.number] FROM unnest(v_numbers) WITH ORDINALITY AS held(number, place)
                      ORDER BY held.place),
                p_window) AS place),
        begun AS (
            UPDATE jobs SET claimed_ahead = false
            WHERE id = ANY(ARRAY(SELECT p_ids[placed.number] FROM placed WHERE placed.wait = 0)))
        SELECT mine.number, coalesce(placed.wait, -1)
        FROM unnest(p_ids) WITH ORDINALITY AS mine(id, number)
        LEFT JOIN placed ON placed.number = mine.number;
END
$$;
