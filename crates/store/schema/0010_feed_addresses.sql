-- Addresses under which accounts read feeds with whole stories, at most one of each
-- account. hash is that of the secret in it, in hexadecimal, and NULL once the address
-- was given up. used_at and spread_at are the beginnings of days in UTC: on which it was
-- last used, and on which it was last used from very many networks. Times are the
-- system clock's.
CREATE TABLE feed_addresses (
    account_id TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    hash TEXT UNIQUE,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    spread_at BIGINT,
    revoked_at BIGINT
);
