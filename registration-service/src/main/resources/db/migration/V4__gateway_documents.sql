-- Documents that all gateways share. The service does not read their content.

CREATE TABLE gateway_documents (
    name       text        NOT NULL,
    version    bigint      NOT NULL,   -- counts changes, from 1
    content    text        NOT NULL,   -- JSON; text, because it is returned as it was stored
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (name, version)
);
