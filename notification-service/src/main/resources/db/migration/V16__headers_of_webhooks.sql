-- What stood in the head of a request, for whoever looks for why a receiver refused it; null for attempts of before.
ALTER TABLE webhook_attempts ADD COLUMN request_headers jsonb;
