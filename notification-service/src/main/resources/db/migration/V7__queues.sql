-- What is delayed in one queue of a tenant, for those who look at it: the next one first.
CREATE INDEX jobs_scheduled ON jobs (queue, tenant, due_at) WHERE state = 'delayed';
