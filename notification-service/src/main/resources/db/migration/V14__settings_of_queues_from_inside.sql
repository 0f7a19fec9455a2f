-- What the service fills itself says how often it is tried; what a tenant had set here was shown and had no effect.
UPDATE queues SET attempts = NULL, backoff_ms = NULL
WHERE name IN ('email', 'email-codes', 'webhook', 'notification', 'analytics');
