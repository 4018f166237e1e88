-- JSON array of the columns in which no row of the sheet has a value, as found when it was stored; NULL: it was stored before this was noted.
ALTER TABLE sheet ADD COLUMN empty_columns TEXT;

-- SHA-256 of the numbers of those rows of the month that are out of force though their sheet is in force ('' where there are none), so that what its rows
-- come to can be kept; NULL: it was settled before this was noted.
ALTER TABLE sheet_cycle ADD COLUMN left_out TEXT;
