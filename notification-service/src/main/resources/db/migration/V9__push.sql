-- While a secret is changed, whoever is sent jobs may still check with the one before.
ALTER TABLE queues
    ADD COLUMN push_secret_before     text,        -- sealed
    ADD COLUMN push_secret_changed_at timestamptz;

CREATE INDEX queues_pushed ON queues (tenant, name) WHERE worked = 'push';
