-- First schema. Money, rates and quantities are INTEGER in 1e-8 (never REAL); times are TEXT "YYYY-MM-DD HH:MM:SS" in GMT+08:00.
-- Every data row's id is its place: sheet.id * 16777216 + the row number in the sheet, so that each number traces to a cell without a join table.
-- customer_key is the customer id, or '@' || account name where the file has no id. in_force = 0 marks rows of an older or overlapping version.

CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  import_id TEXT NOT NULL UNIQUE,           -- hash of the file's content and the answers given
  sha256 TEXT NOT NULL,
  path TEXT NOT NULL,                       -- as given by the person, for display
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  at TEXT NOT NULL,                         -- when it was committed
  exported_at TEXT,                         -- title row, document properties or asked
  answers TEXT NOT NULL DEFAULT '{}',       -- JSON of what the person answered (kind, cycle, account)
  undone_at TEXT
) STRICT;
CREATE INDEX import_sha256 ON import (sha256);

CREATE TABLE sheet (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id),
  position INTEGER NOT NULL,                -- 0-based within the file
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  account TEXT,                             -- recharge | credit, for account statements
  currency TEXT,                            -- ISO code where the sheet says one; NULL stands for CNY
  status TEXT,                              -- estimated | draft | publicNotice | final … where the sheet says it
  header_row INTEGER NOT NULL,
  header TEXT NOT NULL,                     -- JSON array of the header cells as in the file
  columns TEXT NOT NULL,                    -- JSON object: field → column index
  rows INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  UNIQUE (import, position)
) STRICT;

-- Which months (and how many rows of each) a sheet holds; kinds without months have cycle ''.
CREATE TABLE sheet_cycle (
  sheet INTEGER NOT NULL REFERENCES sheet (id),
  cycle TEXT NOT NULL,
  rows INTEGER NOT NULL,
  status TEXT,                              -- lowest status of its rows in that month, else the sheet's
  in_force INTEGER NOT NULL DEFAULT 1,      -- 0: a later version holds all its business keys
  PRIMARY KEY (sheet, cycle)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_cycle_cycle ON sheet_cycle (cycle);

CREATE TABLE problem (
  sheet INTEGER NOT NULL REFERENCES sheet (id),
  row INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  value TEXT NOT NULL,
  code TEXT NOT NULL,
  zh TEXT NOT NULL,
  en TEXT NOT NULL
) STRICT;
CREATE INDEX problem_sheet ON problem (sheet, row);

CREATE TABLE control_total (
  sheet INTEGER NOT NULL REFERENCES sheet (id),
  row INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  stated INTEGER NOT NULL,
  computed INTEGER NOT NULL
) STRICT;
CREATE INDEX control_total_sheet ON control_total (sheet);

-- Rows of two files of one statement with the same business key and other amounts; counted once, reported as file.overlap-conflict.
CREATE TABLE overlap_conflict (
  kind TEXT NOT NULL,
  cycle TEXT NOT NULL,
  business_key TEXT NOT NULL,
  kept INTEGER NOT NULL,                    -- row id in force
  other INTEGER NOT NULL,                   -- row id left out
  column_name TEXT NOT NULL,
  kept_amount INTEGER NOT NULL,
  other_amount INTEGER NOT NULL
) STRICT;

-- What a person said of the columns of a header, by version; applied to the next file with the same header.
CREATE TABLE mapping (
  signature TEXT NOT NULL,                  -- hash of the normalised header cells
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  header TEXT NOT NULL,                     -- JSON array of the header cells
  columns TEXT NOT NULL,                    -- JSON object: column label → field, null = not read
  at TEXT NOT NULL,
  removed_at TEXT,
  PRIMARY KEY (signature, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_bill (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  customer_key TEXT NOT NULL, customer_id TEXT, account_name TEXT, customer_name TEXT,
  association_type TEXT, reseller_name TEXT, reseller_id TEXT, account_manager TEXT,
  trade_id TEXT, original_trade_id TEXT,
  product_type TEXT, product_type_code TEXT, product_name TEXT, product_id TEXT,
  resource_type TEXT, resource_id TEXT, resource_name TEXT, region TEXT, spec TEXT,
  billing_mode TEXT, bill_class TEXT, bill_type INTEGER, order_type TEXT,
  traded_at TEXT, consumed_from TEXT, consumed_to TEXT,
  customer_amount INTEGER, settlement_type TEXT, settlement_rate INTEGER, settlement_amount INTEGER,
  coupon_amount INTEGER, tax_amount INTEGER, amount_due INTEGER, quantity INTEGER, quantity_unit TEXT,
  settlement_scale INTEGER                  -- largest number of decimals printed in the sheet's settlement column
) STRICT;

CREATE TABLE bill_summary (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  amount_due INTEGER, consumption_amount INTEGER, refund_amount INTEGER, adjustment_amount INTEGER,
  coupon_amount INTEGER, tax_amount INTEGER, outstanding_amount INTEGER
) STRICT;

CREATE TABLE consumption (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  customer_key TEXT NOT NULL, customer_id TEXT, account_name TEXT, customer_name TEXT,
  association_type TEXT, reseller_name TEXT, reseller_id TEXT, account_manager TEXT,
  trade_id TEXT, original_trade_id TEXT,
  product_type TEXT, product_type_code TEXT, product_name TEXT, product_id TEXT,
  resource_type TEXT, resource_id TEXT, resource_name TEXT, region TEXT, spec TEXT,
  billing_mode TEXT, bill_class TEXT, bill_type INTEGER, order_type TEXT,
  traded_at TEXT, consumed_from TEXT, consumed_to TEXT,
  list_price INTEGER, discount_amount INTEGER, truncated_amount INTEGER, amount_due INTEGER,
  cash_amount INTEGER, credit_amount INTEGER, coupon_amount INTEGER, flexi_purchase_coupon_amount INTEGER,
  stored_value_card_amount INTEGER, bonus_amount INTEGER, coupon_id TEXT, debt_amount INTEGER, write_off_amount INTEGER,
  usage_type TEXT, usage_amount INTEGER, usage_unit TEXT
) STRICT;

CREATE TABLE consumption_summary (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  customer_key TEXT NOT NULL, customer_id TEXT, account_name TEXT, customer_name TEXT, association_type TEXT,
  product_type TEXT, product_type_code TEXT, resource_type TEXT, billing_mode TEXT, bill_class TEXT, bill_type INTEGER,
  amount_due INTEGER, cash_amount INTEGER, credit_amount INTEGER, coupon_amount INTEGER, flexi_purchase_coupon_amount INTEGER,
  stored_value_card_amount INTEGER, bonus_amount INTEGER, debt_amount INTEGER, write_off_amount INTEGER
) STRICT;

CREATE TABLE account_statement (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  account TEXT NOT NULL,                    -- recharge | credit
  flow_id TEXT, traded_at TEXT NOT NULL,
  trade_type TEXT NOT NULL,                 -- recharge deduction refund freeze transfer adjustment allocation retrieval unbindRetrieval bonusConversion tradeModeTransfer other
  trade_detail_type TEXT, direction TEXT,   -- in | out
  change_amount INTEGER NOT NULL,           -- signed: what it adds to the balance
  balance_after INTEGER,
  trade_id TEXT, customer_key TEXT, customer_id TEXT, account_name TEXT, customer_name TEXT
) STRICT;

CREATE TABLE performance_summary (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  statement_id TEXT, total_amount INTEGER, status TEXT, association_type TEXT
) STRICT;

CREATE TABLE performance (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  performance_id TEXT, statement_id TEXT,
  customer_key TEXT NOT NULL, customer_id TEXT, account_name TEXT, customer_name TEXT,
  association_type TEXT, reseller_name TEXT, reseller_id TEXT, account_manager TEXT,
  trade_id TEXT, original_trade_id TEXT,
  product_type TEXT, product_type_code TEXT, product_name TEXT, product_id TEXT,
  billing_mode TEXT, bill_class TEXT, bill_type INTEGER, order_type TEXT,
  formed_at TEXT, traded_at TEXT,
  amount INTEGER, dispute_status TEXT, new_customer_tag TEXT, status TEXT
) STRICT;

CREATE TABLE incentive_summary (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  incentive_bill_id TEXT, incentive_name TEXT, amount INTEGER, association_type TEXT, status TEXT,
  pending_amount INTEGER, freeze_reason TEXT
) STRICT;

CREATE TABLE incentive (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  incentive_row_id TEXT, incentive_bill_id TEXT, plan_name TEXT, performance_id TEXT,
  customer_key TEXT, customer_id TEXT, account_name TEXT, customer_name TEXT,
  association_type TEXT, reseller_name TEXT, reseller_id TEXT, account_manager TEXT,
  trade_id TEXT, original_trade_id TEXT,
  product_type TEXT, product_type_code TEXT, product_name TEXT,
  billing_mode TEXT, bill_class TEXT, bill_type INTEGER, order_type TEXT, traded_at TEXT, new_customer_tag TEXT,
  amount INTEGER, base_amount INTEGER, rate INTEGER
) STRICT;

CREATE TABLE payment_request (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  request_id TEXT NOT NULL, incentive_bill_ids TEXT, payout_mode TEXT, status TEXT,
  amount INTEGER, tax_rate INTEGER, product_tax_rate INTEGER, currency TEXT, applied_at TEXT,
  buyer_name TEXT, buyer_tax_number TEXT, mailing_address TEXT, mailbox TEXT
) STRICT;

CREATE TABLE adjustment (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  operation TEXT NOT NULL,                  -- allocation | retrieval | unbindRetrieval
  amount INTEGER NOT NULL, operated_at TEXT NOT NULL, scenario TEXT,
  customer_key TEXT, customer_id TEXT, account_name TEXT, customer_name TEXT, transaction_id TEXT, remark TEXT
) STRICT;

CREATE TABLE performance_transfer (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  performance_id TEXT, trade_id TEXT, customer_key TEXT, customer_id TEXT, account_name TEXT, customer_name TEXT,
  transferred_from TEXT, transferred_to TEXT, transferred_at TEXT
) STRICT;

CREATE TABLE indicator (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  indicator_name TEXT, period TEXT, indicator_value INTEGER, performance_id TEXT, trade_id TEXT
) STRICT;

CREATE TABLE customer_order (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL,
  trade_id TEXT, status TEXT, order_type TEXT, customer_key TEXT, customer_id TEXT, account_name TEXT, customer_name TEXT,
  product_type TEXT, amount INTEGER, paid_at TEXT
) STRICT;

-- The user's own tables: cycle is '' and validity dates say when a row holds (both ends inclusive; NULL = open).
CREATE TABLE policy (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL DEFAULT '',
  plan_name TEXT NOT NULL, product_type TEXT, association_type TEXT, new_customer_tag TEXT,
  method TEXT NOT NULL,                     -- perRow | tier
  threshold INTEGER, rate INTEGER NOT NULL, valid_from TEXT, valid_to TEXT
) STRICT;
CREATE TABLE product_policy (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL DEFAULT '',
  product_type TEXT NOT NULL, policy INTEGER NOT NULL, monthly_settled INTEGER NOT NULL, valid_from TEXT, valid_to TEXT -- cycles YYYY-MM
) STRICT;
CREATE TABLE manager_history (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL DEFAULT '',
  customer_id TEXT NOT NULL, account_manager TEXT NOT NULL, valid_from TEXT, valid_to TEXT
) STRICT;
CREATE TABLE association_history (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL DEFAULT '',
  customer_id TEXT NOT NULL, association_type TEXT NOT NULL, reseller_name TEXT, valid_from TEXT, valid_to TEXT
) STRICT;
CREATE TABLE coupon_map (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL DEFAULT '',
  coupon_id TEXT NOT NULL, counts INTEGER NOT NULL
) STRICT;
CREATE TABLE customer (
  id INTEGER PRIMARY KEY, in_force INTEGER NOT NULL DEFAULT 1, cycle TEXT NOT NULL DEFAULT '',
  customer_id TEXT NOT NULL, account_name TEXT, customer_name TEXT, new_customer_tag TEXT, valid_from TEXT, valid_to TEXT
) STRICT;

-- One cover for each hot join: (cycle, in_force) first, then the matching key.
CREATE INDEX partner_bill_cycle ON partner_bill (cycle, in_force, customer_key, trade_id);
CREATE INDEX consumption_cycle ON consumption (cycle, in_force, customer_key, trade_id);
CREATE INDEX performance_cycle ON performance (cycle, in_force, customer_key, trade_id);
CREATE INDEX incentive_cycle ON incentive (cycle, in_force, performance_id);
CREATE INDEX account_statement_cycle ON account_statement (cycle, in_force, account, traded_at);
CREATE INDEX consumption_summary_cycle ON consumption_summary (cycle, in_force, customer_key);

-- Reconciliation: one run per month is kept, the newest; findings live on from run to run.
CREATE TABLE run (
  cycle TEXT PRIMARY KEY,
  run_id TEXT NOT NULL,                     -- hash of inputs, settings and engine version
  inputs_hash TEXT NOT NULL,                -- to know whether inputs have changed since
  at TEXT NOT NULL,
  inputs TEXT NOT NULL,                     -- JSON [{importId, kind}]
  checks TEXT NOT NULL,                     -- JSON [{code, compared, findings, skipped?}]
  bridges TEXT NOT NULL                     -- JSON as the bridge command prints it
) STRICT, WITHOUT ROWID;

-- Closings of months by a second person. The one that was not reopened holds: its run stands whatever is imported.
CREATE TABLE month_close (
  id INTEGER PRIMARY KEY,
  cycle TEXT NOT NULL,
  at TEXT NOT NULL,
  prepared_by TEXT NOT NULL,
  reviewed_by TEXT NOT NULL,
  run_id TEXT NOT NULL,
  inputs_hash TEXT NOT NULL,
  reopened_at TEXT,
  reason TEXT                               -- why it was reopened
) STRICT;
CREATE UNIQUE INDEX month_close_closed ON month_close (cycle) WHERE reopened_at IS NULL;

CREATE TABLE finding (
  key TEXT PRIMARY KEY,
  cycle TEXT NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,                     -- open | disputed | answered | resolved | accepted
  resolved_by_data INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL,                -- the documented order within the month
  customer_id TEXT, account_name TEXT, trade_id TEXT, product_type TEXT, record_id TEXT, performance_id TEXT,
  expected INTEGER NOT NULL, stated INTEGER NOT NULL, difference INTEGER NOT NULL,
  zh TEXT NOT NULL, en TEXT NOT NULL, feedback TEXT NOT NULL, candidates TEXT NOT NULL, -- JSON
  rows_omitted INTEGER NOT NULL DEFAULT 0,
  bridge TEXT, bridge_amount INTEGER,       -- which bridge's unexplained step it stands in, and with what sign
  note TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '',
  first_seen TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Covers the counts beside a page of findings, so that the wide rows are read for the page only.
CREATE INDEX finding_cycle ON finding (cycle, resolved_by_data, position, code, severity, status, difference);

CREATE TABLE finding_row (
  key TEXT NOT NULL, side TEXT NOT NULL, position INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY (key, side, position)
) STRICT, WITHOUT ROWID;

-- Typed-in requests stand beside imported ones; a typed field wins over the imported one of the same request.
CREATE TABLE typed_request (
  request_id TEXT PRIMARY KEY, cycle TEXT NOT NULL, body TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, code TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, date TEXT,
  net INTEGER NOT NULL, tax INTEGER NOT NULL, total INTEGER NOT NULL, rate INTEGER,
  rates TEXT,                               -- "6%、13%" where its lines have several
  lines INTEGER,                            -- how many it has, where it was read
  buyer TEXT, buyer_tax_number TEXT, seller TEXT, seller_tax_number TEXT,
  remark TEXT,                              -- '' = read, and nothing stands there
  currency TEXT, capitals TEXT,
  request_id TEXT, sources TEXT NOT NULL, added_at TEXT NOT NULL, removed_at TEXT
) STRICT;
CREATE UNIQUE INDEX invoice_number ON invoice (code, number) WHERE removed_at IS NULL;

CREATE TABLE print_log (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, request_ids TEXT NOT NULL, sha256 TEXT NOT NULL, reprint INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What was done, by whom the computer knows only: one line per commit, undo, run, print.
CREATE TABLE journal (id INTEGER PRIMARY KEY, at TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
