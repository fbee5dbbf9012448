-- How often an offer was taken, by which subscription or gift: what caps count.
-- seq is the fact by which it was taken. Whoever leaves an offer has had it, so
-- what a subscription is on now doesn't say it.
CREATE TABLE uses (
    offer TEXT NOT NULL,
    owner TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (offer, owner, seq)
);

-- What was taken so far, out of the facts. An offer's name follows on what such a
-- fact begins with, and ends with the last character that a name may have.

-- At checkouts, but for those that were never paid.
INSERT INTO uses (offer, owner, seq)
SELECT substr(t.named, 1, length(t.named)
        - length(ltrim(t.named, 'abcdefghijklmnopqrstuvwxyz0123456789-_.'))), t.owner, t.seq
FROM (
    SELECT f.owner AS owner, f.seq AS seq, substr(f.body, 1 + length(
        '{"begun":{"account":"acc_00000000000000000000000000000000","terms":{"offer":"')) AS named
    FROM subscriptions s JOIN facts f ON f.owner = s.id AND f.seq = 1
    WHERE f.name = 'begun' AND replace(f.body, '"origin":"own"', '') <> f.body
    AND (s.stage <> 'ended' OR EXISTS (
        SELECT 1 FROM facts p WHERE p.owner = s.id AND p.name = 'period_started'))
) AS t;

-- By changes of plan that came about.
INSERT INTO uses (offer, owner, seq)
SELECT substr(t.named, 1, length(t.named)
        - length(ltrim(t.named, 'abcdefghijklmnopqrstuvwxyz0123456789-_.'))), t.owner, t.seq
FROM (
    SELECT owner, seq, substr(body, 1 + length('{"plan_changed":{"terms":{"offer":"')) AS named
    FROM facts WHERE name = 'plan_changed'
) AS t;

-- By changes of plan that are still to come about.
INSERT INTO uses (offer, owner, seq)
SELECT substr(t.named, 1, length(t.named)
        - length(ltrim(t.named, 'abcdefghijklmnopqrstuvwxyz0123456789-_.'))), t.owner, t.seq
FROM (
    SELECT f.owner AS owner, f.seq AS seq, substr(f.body, 1 + length(
        '{"plan_change_agreed":{"terms":{"offer":"')) AS named
    FROM facts f WHERE f.name = 'plan_change_agreed' AND NOT EXISTS (
        SELECT 1 FROM facts l WHERE l.owner = f.owner AND l.seq > f.seq AND l.name IN (
            'plan_change_agreed', 'plan_change_dropped', 'plan_changed', 'ended'))
) AS t;

-- As gifts, but for those that were never paid.
INSERT INTO uses (offer, owner, seq)
SELECT g.offer, g.id, 1 FROM gifts g
WHERE g.stage <> 'ended' OR EXISTS (
    SELECT 1 FROM facts f WHERE f.owner = g.id AND f.name = 'ready');
