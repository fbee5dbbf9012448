-- Everything there is at first. Two types only, which SQLite and PostgreSQL
-- read alike: TEXT for ids, names, hashes (hexadecimal) and JSON; BIGINT for
-- counts, minor units of money, and times in microseconds since 1970 in UTC.

-- The last number given out of each kind: the feed, acts, every series of
-- invoices. A number is drawn in the transaction that uses it, so none is lost.
CREATE TABLE counters (
    name TEXT PRIMARY KEY NOT NULL,
    value BIGINT NOT NULL
);

-- People. mail_key is what makes an address one person's; it is NULL once the
-- account was erased or merged. billing is who is printed on invoices.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    status TEXT NOT NULL,
    mail TEXT,
    mail_key TEXT UNIQUE,
    name TEXT,
    locale TEXT,
    password TEXT,
    billing TEXT,
    verified_at BIGINT,
    created_at BIGINT NOT NULL,
    merged_into TEXT REFERENCES accounts (id)
);

CREATE INDEX accounts_merged ON accounts (merged_into) WHERE merged_into IS NOT NULL;

-- Devices. id is a hash of what a device's cookie holds, in hexadecimal. Times
-- are the system clock's.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    feed BIGINT NOT NULL
);

CREATE INDEX sessions_of ON sessions (account_id, seen_at);
CREATE UNIQUE INDEX sessions_feed ON sessions (feed);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- What is sent by mail to be brought back once. mail_key is the address as it
-- makes one person's, so that what was sent to somebody without an account is
-- found when they are erased. Times are the system clock's.
CREATE TABLE tokens (
    hash TEXT PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    mail TEXT,
    mail_key TEXT,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX tokens_of ON tokens (account_id);
CREATE INDEX tokens_mail ON tokens (mail_key) WHERE mail_key IS NOT NULL;
CREATE INDEX tokens_expiry ON tokens (expires_at);

-- Who somebody is to a payment provider, and what they pay with.
CREATE TABLE customers (
    provider TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    customer TEXT NOT NULL,
    PRIMARY KEY (provider, customer)
);

CREATE INDEX customers_of ON customers (account_id, provider);

CREATE TABLE payment_methods (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    provider TEXT NOT NULL,
    reference TEXT NOT NULL,
    label TEXT NOT NULL,
    expires TEXT,
    created_at BIGINT NOT NULL,
    removed_at BIGINT
);

CREATE INDEX payment_methods_of ON payment_methods (account_id, created_at);

CREATE TABLE addresses (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    body TEXT,
    created_at BIGINT NOT NULL
);

CREATE INDEX addresses_of ON addresses (account_id, created_at);

-- The words that somebody agreed to, once each, by their digest.
CREATE TABLE words (
    digest TEXT PRIMARY KEY NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Consents beyond subscriptions' terms, whose acceptances are facts.
CREATE TABLE consents (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    purpose TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    words TEXT NOT NULL REFERENCES words (digest),
    channel TEXT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (account_id, purpose, given_at)
);

-- What something is called in the system that it was brought over from.
CREATE TABLE external_ids (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    external TEXT NOT NULL,
    local TEXT NOT NULL,
    PRIMARY KEY (source, kind, external)
);

CREATE INDEX external_ids_of ON external_ids (local);

-- Projections: what the facts have made, and when to come back.
CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    version BIGINT NOT NULL,
    stage TEXT NOT NULL,
    offer TEXT NOT NULL,
    next_due BIGINT,
    state TEXT NOT NULL,
    grants TEXT,
    feed BIGINT NOT NULL,
    begun_at BIGINT NOT NULL
);

CREATE INDEX subscriptions_of ON subscriptions (account_id, begun_at);
CREATE INDEX subscriptions_due ON subscriptions (next_due) WHERE next_due IS NOT NULL;
CREATE UNIQUE INDEX subscriptions_feed ON subscriptions (feed);
CREATE INDEX subscriptions_offer ON subscriptions (offer);

-- The accounts that read by a seat of somebody else's subscription.
CREATE TABLE seats (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    PRIMARY KEY (account_id, subscription_id)
);

CREATE INDEX seats_of ON seats (subscription_id);

CREATE TABLE gifts (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    version BIGINT NOT NULL,
    stage TEXT NOT NULL,
    offer TEXT NOT NULL,
    next_due BIGINT,
    state TEXT NOT NULL,
    code_hash TEXT UNIQUE,
    card TEXT,
    begun_at BIGINT NOT NULL
);

CREATE INDEX gifts_of ON gifts (account_id, begun_at);
CREATE INDEX gifts_due ON gifts (next_due) WHERE next_due IS NOT NULL;

-- What has happened, never changed. owner is a subscription or a gift; seq
-- counts from 1. act is the act that caused it, where somebody did.
CREATE TABLE facts (
    owner TEXT NOT NULL,
    seq BIGINT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL,
    act BIGINT,
    body TEXT NOT NULL,
    PRIMARY KEY (owner, seq)
);

-- Which order is whose: providers know orders.
CREATE TABLE orders (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL
);

CREATE INDEX orders_of ON orders (owner);

-- The books: the postings of one fact sum to zero in every currency.
CREATE TABLE postings (
    owner TEXT NOT NULL,
    seq BIGINT NOT NULL,
    line BIGINT NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (owner, seq, line)
);

-- Invoices and credit notes. customer is who is printed on it; NULL once that
-- person was erased.
CREATE TABLE invoices (
    series TEXT NOT NULL,
    count BIGINT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    seq BIGINT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    charge TEXT,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    customer TEXT,
    PRIMARY KEY (series, count),
    UNIQUE (owner, seq)
);

CREATE INDEX invoices_of ON invoices (account_id, at);
CREATE INDEX invoices_charge ON invoices (charge) WHERE charge IS NOT NULL;

-- What is to be done outside, and by and by. due is the business clock's;
-- held_until, during which nobody else may take it, the system clock's. owner
-- and seq are the fact that asks for it, or '' and 0; account_id is who else it
-- is about.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    lane TEXT NOT NULL,
    owner TEXT NOT NULL,
    seq BIGINT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    due BIGINT NOT NULL,
    held_until BIGINT NOT NULL,
    worker TEXT,
    attempts BIGINT NOT NULL,
    error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);

CREATE INDEX jobs_waiting ON jobs (lane, due, seq) WHERE state = 'waiting';
CREATE INDEX jobs_of ON jobs (owner, lane, seq);
CREATE INDEX jobs_account ON jobs (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX jobs_dead ON jobs (created_at) WHERE state = 'dead';
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;

-- Events of providers, each seen once.
CREATE TABLE provider_events (
    provider TEXT NOT NULL,
    event TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (provider, event)
);

CREATE INDEX provider_events_age ON provider_events (seen_at);

-- Who did something to somebody's account or subscription, and why.
CREATE TABLE acts (
    number BIGINT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    owner TEXT
);

CREATE INDEX acts_account ON acts (account_id, at);
CREATE INDEX acts_owner ON acts (owner, at);
