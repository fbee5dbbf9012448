-- What readers wish of the printed edition for a while: that nothing is delivered,
-- or that it goes to another address. Days are dates, 2026-12-01, in the
-- publication's zone; last_day is NULL for good, address_id where nothing is
-- delivered.
CREATE TABLE delivery_wishes (
    id TEXT PRIMARY KEY NOT NULL,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    address_id TEXT REFERENCES addresses (id),
    first_day TEXT NOT NULL,
    last_day TEXT,
    made_at BIGINT NOT NULL
);

CREATE INDEX delivery_wishes_of ON delivery_wishes (subscription_id, first_day);
CREATE INDEX delivery_wishes_to ON delivery_wishes (address_id) WHERE address_id IS NOT NULL;

-- Files for whoever delivers. product is NULL where all were exported;
-- finished_at is NULL while one is written, and of one that broke off. digest is
-- the file's, SHA-256 in hexadecimal.
CREATE TABLE print_exports (
    number BIGINT PRIMARY KEY NOT NULL,
    day TEXT NOT NULL,
    product TEXT,
    actor TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    finished_at BIGINT,
    lines BIGINT NOT NULL,
    copies BIGINT NOT NULL,
    digest TEXT,
    summary TEXT,
    configuration TEXT NOT NULL
);

CREATE INDEX print_exports_day ON print_exports (day, number);

-- What was in them, by ids alone: names and addresses are erased where they are
-- kept, and then here too.
CREATE TABLE print_parts (
    export BIGINT NOT NULL REFERENCES print_exports (number),
    part BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (export, part)
);
