-- What a person said an import covers ("this export is by manager A only"), by the import's own id, which is the same whenever the same file is
-- imported again. Rows outside it are no finding. Undone ones stay as a record.
CREATE TABLE scope_mark (
  id INTEGER PRIMARY KEY,
  import_id TEXT NOT NULL,
  kind TEXT NOT NULL,                       -- which of the import's statements
  managers TEXT NOT NULL,                   -- JSON array of account managers, sorted
  customers TEXT NOT NULL,                  -- JSON array of customer ids or account names, sorted
  made_by TEXT NOT NULL,
  at TEXT NOT NULL,
  undone_at TEXT,
  undone_by TEXT
) STRICT;
CREATE UNIQUE INDEX scope_mark_active ON scope_mark (import_id, kind) WHERE undone_at IS NULL;

-- The user's own table of sub-accounts: whose consumption the summary may book to the main customer. Validity as in the other own tables.
CREATE TABLE sub_account (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL DEFAULT '',
  sub_customer_id TEXT NOT NULL, customer_id TEXT NOT NULL, valid_from TEXT, valid_to TEXT
) STRICT;
