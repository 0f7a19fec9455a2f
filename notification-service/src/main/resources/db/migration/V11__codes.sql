-- Mails with a code have a queue of their own, worked by the service. A tenant's own queue of that name gets another one, and
-- nothing in it is lost; what was pushed to an address waits until the tenant says where to.
DO $$
DECLARE
    free text := 'email-codes-own';
BEGIN
    WHILE EXISTS (SELECT 1 FROM queues WHERE name = free) OR EXISTS (SELECT 1 FROM jobs WHERE queue = free) LOOP
        free := free || '-2';
    END LOOP;
    IF EXISTS (SELECT 1 FROM queues WHERE name = 'email-codes') THEN
        UPDATE jobs SET queue = free WHERE queue = 'email-codes';
        UPDATE rates SET queue = free WHERE queue = 'email-codes';
        UPDATE queues SET name = free, worked = 'lease', push_url = NULL, push_secret = NULL,
                          push_secret_before = NULL, push_secret_changed_at = NULL
        WHERE name = 'email-codes';
    END IF;
END
$$;

-- Also for instances of the version before, which would let a tenant make it and lease from it.
ALTER TABLE queues ADD CONSTRAINT queues_codes_check
    CHECK (name <> 'email-codes' OR worked IS NULL OR worked = 'service');

CREATE OR REPLACE FUNCTION worked_by_default(p_queue text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT CASE WHEN p_queue IN ('email', 'email-codes', 'webhook', 'notification', 'analytics', 'report') THEN 'service'
                ELSE 'lease' END
$$;
