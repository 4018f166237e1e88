-- The sendings of a finding before the one that stands with it, each with what was answered to it. They stay whatever a later run finds.
CREATE TABLE dispute_round (
  key TEXT NOT NULL,                        -- finding.key
  round INTEGER NOT NULL,                   -- 1: the first sending
  sent_on TEXT NOT NULL,                    -- YYYY-MM-DD
  sent_by TEXT NOT NULL,
  answered_on TEXT,                         -- YYYY-MM-DD; NULL: nobody wrote down when
  answer TEXT NOT NULL,
  PRIMARY KEY (key, round)
) STRICT, WITHOUT ROWID;
