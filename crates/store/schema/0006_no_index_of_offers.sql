-- Uses are counted in their own table, so nothing looks for subscriptions and
-- gifts by their offers any more. An index costs a page for every one that begins.
DROP INDEX subscriptions_offer;
DROP INDEX gifts_offer;
