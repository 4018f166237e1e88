-- JSON array of the columns in which no row of the sheet has a value, as found when it was stored; NULL: it was stored before this was noted.
ALTER TABLE sheet ADD COLUMN empty_columns TEXT;
