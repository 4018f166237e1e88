-- Whose customer it is about; what was given to the vendor of it, and what came back.
ALTER TABLE finding ADD COLUMN manager TEXT NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN sent_on TEXT;      -- YYYY-MM-DD; NULL: not given, or nobody wrote down when
ALTER TABLE finding ADD COLUMN sent_by TEXT NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN answered_on TEXT;
ALTER TABLE finding ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN recovered INTEGER; -- 1e-8 yuan; NULL: nobody said

-- As a run does it: the user's own table at the month's end, else what the customer's first row of a statement says.
WITH history AS MATERIALIZED (
  SELECT m.cycle AS cycle, h.customer_id AS customer, h.account_manager AS name,
         row_number() OVER (PARTITION BY m.cycle, h.customer_id ORDER BY coalesce(h.valid_from, '') DESC, h.id DESC) AS place
    FROM (SELECT DISTINCT cycle FROM finding) AS m
    JOIN manager_history h ON h.in_force = 1 AND h.account_manager <> ''
     AND coalesce(substr(h.valid_from, 1, 10), '') <= m.cycle || '-31' AND coalesce(substr(h.valid_to, 1, 10), '9') >= m.cycle || '-01'
), named AS MATERIALIZED (
  SELECT f.cycle AS cycle, f.customer_id AS customer, coalesce(
           h.name,
           nullif((SELECT account_manager FROM performance t WHERE t.cycle = f.cycle AND t.in_force = 1 AND t.customer_key = f.customer_id LIMIT 1), ''),
           nullif((SELECT account_manager FROM consumption t WHERE t.cycle = f.cycle AND t.in_force = 1 AND t.customer_key = f.customer_id LIMIT 1), ''),
           nullif((SELECT account_manager FROM partner_bill t WHERE t.cycle = f.cycle AND t.in_force = 1 AND t.customer_key = f.customer_id LIMIT 1), '')
         ) AS name
    FROM (SELECT DISTINCT cycle, customer_id FROM finding WHERE customer_id IS NOT NULL) AS f
    LEFT JOIN history h ON h.cycle = f.cycle AND h.customer = f.customer_id AND h.place = 1
)
UPDATE finding SET manager = named.name FROM named
 WHERE named.cycle = finding.cycle AND named.customer = finding.customer_id AND named.name IS NOT NULL;

-- Covers every column that a list is sorted by, so that the wide rows are read for one page only.
DROP INDEX finding_cycle;
CREATE INDEX finding_cycle ON finding (cycle, resolved_by_data, position, code, severity, status, difference, expected, stated, first_seen, manager, owner,
  account_name, customer_id, trade_id, record_id, product_type, sent_on, answered_on, recovered);
