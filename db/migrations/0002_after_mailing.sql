-- What happens to a payment request after its invoices are there, as a person types it. An entry is never changed: a correction is a new row
-- in the old one's place, and a removed one keeps its row.
CREATE TABLE request_entry (
  id INTEGER PRIMARY KEY,
  place INTEGER NOT NULL,                   -- id of the first version; orders the entries of one day
  request_id TEXT NOT NULL,
  kind TEXT NOT NULL,                       -- mailed sent received passed rejected corrected payment withdrawal recalled
  on_date TEXT NOT NULL,                    -- YYYY-MM-DD
  courier TEXT, tracking TEXT,              -- mailed
  amount INTEGER,                           -- payment, withdrawal
  complete INTEGER NOT NULL DEFAULT 0,      -- payment: told that nothing more will come
  note TEXT,                                -- why it was rejected, what was corrected, the bank's words
  typed_at TEXT NOT NULL,
  removed_at TEXT, removed_why TEXT,
  replaced_by INTEGER REFERENCES request_entry (id)
) STRICT;
CREATE INDEX request_entry_request ON request_entry (request_id, on_date, place);

-- Address labels share the print numbers with the lists, but are no print of a list.
ALTER TABLE print_log ADD COLUMN what TEXT NOT NULL DEFAULT 'list'; -- list | label
