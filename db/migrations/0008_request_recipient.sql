-- Whom the letter with a request's papers goes to; until now typed or read from the notice only.
ALTER TABLE payment_request ADD COLUMN recipient TEXT;
ALTER TABLE payment_request ADD COLUMN recipient_phone TEXT;
