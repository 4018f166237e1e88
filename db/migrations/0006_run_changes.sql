-- What a month's newest run found otherwise than the one before it, for the person; no check reads it.
CREATE TABLE run_change (
  cycle TEXT PRIMARY KEY,
  since TEXT NOT NULL,                      -- when the run before was made
  changes TEXT NOT NULL                     -- JSON: counts, and the first changed findings one by one
) STRICT, WITHOUT ROWID;
