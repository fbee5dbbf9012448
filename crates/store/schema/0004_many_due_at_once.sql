-- Many subscriptions fall due at one and the same moment. They are taken some at
-- a time, in the order of their ids, which the index has to have: else each time
-- all of them are read.
DROP INDEX subscriptions_due;
CREATE INDEX subscriptions_due ON subscriptions (next_due, id) WHERE next_due IS NOT NULL;
DROP INDEX gifts_due;
CREATE INDEX gifts_due ON gifts (next_due, id) WHERE next_due IS NOT NULL;
-- An account's first customer, without looking at everybody's.
DROP INDEX customers_of;
CREATE INDEX customers_of ON customers (account_id, provider, customer);
-- What somebody has asked for, and waits for, goes before what they are told of.
CREATE INDEX jobs_asked ON jobs (lane, due) WHERE state = 'waiting' AND owner = '';
