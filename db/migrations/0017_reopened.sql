-- What a person had made of a finding, and its difference then, where a run opened it again because the difference grew or turned.
ALTER TABLE finding ADD COLUMN reopened_status TEXT;
ALTER TABLE finding ADD COLUMN reopened_difference INTEGER;
