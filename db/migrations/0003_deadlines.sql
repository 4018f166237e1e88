-- Dates typed by the person from the mail, by month; never computed. subject: performance-notice | incentive-notice | the person's own words.
CREATE TABLE deadline (
  cycle TEXT NOT NULL,
  subject TEXT NOT NULL,
  date TEXT NOT NULL,                       -- YYYY-MM-DD, the last day on which something can be done
  updated_at TEXT NOT NULL,
  PRIMARY KEY (cycle, subject)
) STRICT, WITHOUT ROWID;

-- Which month's bill an entry of an account statement repays, as the person said. By flow id and not by row, so that a re-import keeps it.
CREATE TABLE repayment (
  account TEXT NOT NULL,                    -- recharge | credit
  flow TEXT NOT NULL,                       -- flow id; where the file has none, the time of the entry
  cycle TEXT NOT NULL,                      -- the month whose bill it repays
  updated_at TEXT NOT NULL,
  PRIMARY KEY (account, flow)
) STRICT, WITHOUT ROWID;

-- The last day on which a run's findings on deadlines read as they do; NULL where the day changes nothing.
ALTER TABLE run ADD COLUMN stands_until TEXT;
