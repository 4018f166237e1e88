-- What a person said of which rows belong together, by business keys: it holds after the files were imported again. It only changes the grouping
-- before judgement; the sums decide as ever. Undone ones stay as a record.
CREATE TABLE manual_match (
  id INTEGER PRIMARY KEY,
  cycle TEXT NOT NULL,
  pair TEXT NOT NULL,                       -- bill-consumption | consumption-performance
  action TEXT NOT NULL,                     -- join | split
  keys TEXT NOT NULL,                       -- JSON array of {customer, tradeId} or {customer, product, mode, class}, sorted
  reason TEXT NOT NULL,
  made_by TEXT NOT NULL,
  at TEXT NOT NULL,
  undone_at TEXT,
  undone_by TEXT
) STRICT;
CREATE INDEX manual_match_active ON manual_match (cycle, pair) WHERE undone_at IS NULL;
