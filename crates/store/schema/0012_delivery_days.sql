-- A wish leaves what was exported before it as it is. after_export is the number of the
-- latest export that there was when it was made. One that was taken back, and had been
-- exported for some days before, has the day from which it was, and the latest export of
-- that time. Those that are there were taken for days after every export.
ALTER TABLE delivery_wishes ADD COLUMN after_export BIGINT NOT NULL DEFAULT 0;
ALTER TABLE delivery_wishes ADD COLUMN back_from TEXT;
ALTER TABLE delivery_wishes ADD COLUMN back_after BIGINT;

-- An export by which nobody delivers: when that was said, and by whom.
ALTER TABLE print_exports ADD COLUMN voided_at BIGINT;
ALTER TABLE print_exports ADD COLUMN voided_by TEXT;
