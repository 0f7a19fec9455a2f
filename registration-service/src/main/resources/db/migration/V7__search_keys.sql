-- Accounts are found by keys that the service makes of address and names (SearchKey): what case and compatible forms are one is
-- decided there alone. An instance of the version before writes no keys; the service makes those that are missing or are
-- not of what stands beside them (keyed_of says of what they are), first of all for the rows that are there already.
ALTER TABLE accounts
    ADD COLUMN email_key      text,
    ADD COLUMN first_name_key text,
    ADD COLUMN last_name_key  text,
    ADD COLUMN keyed_of       text; -- address, first and last name, each on its line

CREATE INDEX accounts_by_email_key ON accounts (tenant, email_key text_pattern_ops);
CREATE INDEX accounts_by_first_name_key ON accounts (tenant, first_name_key text_pattern_ops);
CREATE INDEX accounts_by_last_name_key ON accounts (tenant, last_name_key text_pattern_ops);
CREATE INDEX accounts_without_keys ON accounts (id)
    WHERE keyed_of IS DISTINCT FROM email || E'\n' || first_name || E'\n' || last_name;

-- A name of a hundred emoji does not fit into an index. The version before finds names without one, more slowly.
DROP INDEX accounts_by_first_name;
DROP INDEX accounts_by_last_name;
