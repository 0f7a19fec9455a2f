-- "One customer got no mail": mails are found by the address that they are to, and with notifications by the account. Both are read
-- from the payload, where they are in clear, and are gone with the job; lower() is how searches compare addresses, too.
CREATE INDEX jobs_to_address ON jobs (tenant, lower(payload ->> 'to'), seq) WHERE queue IN ('email', 'email-codes');
CREATE INDEX jobs_to_account ON jobs (tenant, (payload ->> 'account_id'), seq)
    WHERE queue IN ('email', 'email-codes', 'notification');
CREATE INDEX accounts_address ON accounts (tenant, lower(email)) WHERE email IS NOT NULL;
