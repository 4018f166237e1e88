-- The user's own tables are asked for one customer at a time, for as many orders as a partial export lacks.
CREATE INDEX association_history_customer ON association_history (customer_id);
CREATE INDEX customer_customer ON customer (customer_id);
