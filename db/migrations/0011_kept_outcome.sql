-- A number for each statement (kind and month, '' for the user's own tables) that was never there before, given whenever its rows come, go, are put in or
-- out of force, or get another customer key. A statement that nothing touched since this table came has none.
CREATE TABLE statement_stamp (
  kind TEXT NOT NULL,
  cycle TEXT NOT NULL,
  stamp INTEGER NOT NULL,
  PRIMARY KEY (kind, cycle)
) STRICT, WITHOUT ROWID;

-- The highest stamp that the customer keys were resolved at: while there is none higher, they are as they have to be.
CREATE TABLE keys_resolved (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  stamp INTEGER NOT NULL
) STRICT;

-- What the parts of a month's newest run that take long had found, what they read, and a hash of that: while it is the same, the next run takes what
-- they found from here.
CREATE TABLE kept_outcome (
  cycle TEXT NOT NULL,
  reconciler TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  reads TEXT NOT NULL,                      -- JSON {kinds, tables, settings}
  PRIMARY KEY (cycle, reconciler)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_outcome_part (
  cycle TEXT NOT NULL,
  reconciler TEXT NOT NULL,
  part INTEGER NOT NULL,                    -- 0: all but the findings; from 1 on: the findings, some hundred each
  body BLOB NOT NULL,                       -- V8's own serialisation (bigint as it is), deflated
  PRIMARY KEY (cycle, reconciler, part)
) STRICT;
