-- Rows that two files of one statement hold in different looks (a column that only one of them has, times without seconds): counted once, unless the
-- person said that the one is another part.
CREATE TABLE same_rows (
  kind TEXT NOT NULL,
  cycle TEXT NOT NULL,
  kept INTEGER NOT NULL,                    -- a row id of the file whose rows count
  other INTEGER NOT NULL,                   -- the same row in the other file
  rows INTEGER NOT NULL,                    -- rows that both have, of which the other file's do not count
  amount INTEGER NOT NULL,                  -- what those rows come to
  kept_rows INTEGER NOT NULL,               -- rows of the month in each file, and what they come to
  kept_total INTEGER NOT NULL,
  other_rows INTEGER NOT NULL,
  other_total INTEGER NOT NULL,
  differences TEXT NOT NULL                 -- JSON: [{ header, lacking: kept | other, what: column | hours | seconds }]
) STRICT;
