-- Programs that readers have let in: each has a session of its own, which ends as
-- any other. code and refresh are hashes of what the program was given: of the
-- code that it began with, and of the token that it renews its access by.
CREATE TABLE apps (
    session_id TEXT PRIMARY KEY NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    app TEXT NOT NULL,
    scopes BIGINT NOT NULL,
    code TEXT NOT NULL,
    refresh TEXT NOT NULL
);

CREATE INDEX apps_code ON apps (code);

-- Stories that readers keep for later.
CREATE TABLE saved_stories (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    story TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, story)
);

CREATE INDEX saved_stories_of ON saved_stories (account_id, saved_at, story);

-- Who wants a history of what they read, and since when; and what they have read
-- since, each story once, the last time.
CREATE TABLE histories (
    account_id TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    since BIGINT NOT NULL
);

CREATE TABLE readings (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    story TEXT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, story)
);

CREATE INDEX readings_of ON readings (account_id, read_at, story);
