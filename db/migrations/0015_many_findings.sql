-- For months with hundreds of thousands of findings, as where an export covers a part only and nobody said so: the user's own tables are asked for the
-- customer of each, and every bridge for its own.
CREATE INDEX association_history_customer ON association_history (customer_id);
CREATE INDEX customer_customer ON customer (customer_id);
CREATE INDEX finding_bridge ON finding (cycle, bridge, resolved_by_data, position, key, bridge_amount) WHERE bridge IS NOT NULL;
