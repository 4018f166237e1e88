-- 1: the run looked for orders of its account entries in every later month too, so that what is imported of those can change its result.
ALTER TABLE run ADD COLUMN looks_ahead INTEGER NOT NULL DEFAULT 0;
