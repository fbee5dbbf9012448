-- The mail domains whose readers may take a seat of a subscription by themselves,
-- to find it by the domain. No earlier version had a way to admit one.
CREATE TABLE seat_domains (
    domain TEXT NOT NULL,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    PRIMARY KEY (domain, subscription_id)
);

CREATE INDEX seat_domains_of ON seat_domains (subscription_id);
