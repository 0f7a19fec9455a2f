-- Whether requests to it carry X-Webhook-Signature, beside the signatures of Standard Webhooks.
ALTER TABLE webhook_endpoints ADD COLUMN legacy_signature boolean NOT NULL DEFAULT false;
ALTER TABLE queues ADD COLUMN push_legacy_signature boolean NOT NULL DEFAULT false;
