-- Addresses that accounts had before, as they make one person's: what was sent
-- there is found when that person is erased. Times are the system clock's.
CREATE TABLE former_addresses (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    mail_key TEXT NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, mail_key)
);

-- Whom a mail goes to, as a hash of the address: it may be somebody without an
-- account, or with another than the one that has it sent.
ALTER TABLE jobs ADD COLUMN mail TEXT;
CREATE INDEX jobs_mail ON jobs (mail) WHERE mail IS NOT NULL;
