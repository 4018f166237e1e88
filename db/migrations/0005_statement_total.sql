-- Rows in force and their headline sum by statement (kind and month), kept when an import or its undoing settles what is in force, so that the month
-- home need not read a million rows. A statement that was settled before this table came has no line and is read.
CREATE TABLE statement_total (
  kind TEXT NOT NULL,
  cycle TEXT NOT NULL,
  rows INTEGER NOT NULL,
  total INTEGER,                            -- 1e-8 yuan; NULL: the kind has none, or no row has an amount
  PRIMARY KEY (kind, cycle)
) STRICT, WITHOUT ROWID;
