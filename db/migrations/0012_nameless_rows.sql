-- Rows without a customer id, of which a run asks whether there are any, in all months: without these indexes that read every row of the workspace.
CREATE INDEX partner_bill_nameless ON partner_bill (cycle) WHERE customer_id IS NULL AND account_name IS NOT NULL;
CREATE INDEX consumption_nameless ON consumption (cycle) WHERE customer_id IS NULL AND account_name IS NOT NULL;
CREATE INDEX consumption_summary_nameless ON consumption_summary (cycle) WHERE customer_id IS NULL AND account_name IS NOT NULL;
CREATE INDEX account_statement_nameless ON account_statement (cycle) WHERE customer_id IS NULL AND account_name IS NOT NULL;
CREATE INDEX performance_nameless ON performance (cycle) WHERE customer_id IS NULL AND account_name IS NOT NULL;
CREATE INDEX incentive_nameless ON incentive (cycle) WHERE customer_id IS NULL AND account_name IS NOT NULL;
