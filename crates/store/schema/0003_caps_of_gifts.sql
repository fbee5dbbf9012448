-- How often an offer of gifts was taken: its caps count.
CREATE INDEX gifts_offer ON gifts (offer);
