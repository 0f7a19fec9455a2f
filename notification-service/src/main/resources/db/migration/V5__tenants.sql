-- The work of a suspended tenant waits, and what is stored for a deleted one is deleted.

-- The tenants of which an event has arrived. One without a row is active.
CREATE TABLE tenants (
    id      text   PRIMARY KEY,
    status  text   NOT NULL CHECK (status IN ('active', 'suspended', 'deleted')),
    version bigint NOT NULL               -- of the event; an older one that arrives later changes nothing
);
CREATE INDEX tenants_deleted ON tenants (id) WHERE status = 'deleted';

-- As before, without tenants that are suspended or deleted. They are stepped over one by one: their jobs may be many.
CREATE OR REPLACE FUNCTION next_lane(p_queue text, p_due text[], p_after text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_tenant text := p_after;
BEGIN
    LOOP
        v_tenant := least(
            (SELECT tenant FROM jobs
             WHERE queue = p_queue AND state = 'waiting' AND tenant > v_tenant ORDER BY tenant LIMIT 1),
            (SELECT min(due) FROM unnest(p_due) AS due WHERE due > v_tenant));
        EXIT WHEN v_tenant IS NULL
            OR NOT EXISTS (SELECT 1 FROM tenants WHERE id = v_tenant AND status <> 'active');
    END LOOP;
    RETURN v_tenant;
END
$$;
