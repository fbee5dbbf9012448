-- Under which customer a provider has a payment method: an account that another
-- was merged into has several.
ALTER TABLE payment_methods ADD COLUMN customer TEXT;
