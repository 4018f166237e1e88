import { tableOf, type Kind } from '../electron/core/kinds.ts';
import type { Place } from './in-force.ts';
import type { WriteDb } from './open.ts';

/** Kinds whose business key always has the customer and the order in it, and whose table is indexed by both. */
const byOrder: ReadonlySet<Kind> = new Set<Kind>(['consumption', 'partner-bill']);

/** Has the business key of the kind always the customer and the order in it? */
export const namesOrder = (kind: Kind): boolean => byOrder.has(kind);

/**
 * SQL of a condition that leaves of a file's rows those whose customer and order a row in TEMP overlap_row has too, found by index; undefined where it
 * cannot be told so, or where it would be no fewer rows than reading all `rows` of the file in their order. A row with the same business key as one in overlap_row is always
 * among them: the key begins with the customer, and a row that names its customer by id has that id as its customer_key.
 */
export function sameOrders(db: WriteDb, { kind, cycle }: Place, rows: number): string | undefined {
  if (!namesOrder(kind)) return undefined;
  const table = tableOf(kind);
  const unnamed = db
    .prepare(
      `SELECT 1 FROM temp.overlap_row o CROSS JOIN ${table} t ON t.id = o.id
        WHERE t.customer_id IS NULL OR t.customer_id LIKE '@%' OR t.customer_key <> t.customer_id LIMIT 1`,
    )
    .get();
  if (unnamed !== undefined) return undefined;
  db.exec(
    `DROP TABLE IF EXISTS temp.overlap_order;
     CREATE TEMP TABLE overlap_order (customer TEXT NOT NULL, trade TEXT NOT NULL, PRIMARY KEY (customer, trade)) WITHOUT ROWID;
     INSERT OR IGNORE INTO temp.overlap_order
       SELECT t.customer_key, coalesce(t.trade_id, '') FROM temp.overlap_row o CROSS JOIN ${table} t ON t.id = o.id;
     DROP TABLE IF EXISTS temp.overlap_near;
     CREATE TEMP TABLE overlap_near (id INTEGER PRIMARY KEY)`,
  );
  const found = (orders: string, trade: string): string =>
    `SELECT t.id FROM temp.overlap_order o CROSS JOIN ${table} t INDEXED BY ${table}_cycle
        ON t.cycle = :cycle AND t.in_force IN (0, 1) AND t.customer_key = o.customer AND ${trade}${orders}`;
  // An order without a number is the same whether its cell is empty or absent.
  const near = `${found('', 't.trade_id = o.trade')} UNION ALL ${found(" WHERE o.trade = ''", 't.trade_id IS NULL')} LIMIT :most`;
  const most = Math.ceil(rows / 4);
  const { changes } = db.prepare(`INSERT OR IGNORE INTO temp.overlap_near ${near}`).run({ cycle, most });
  return changes < most ? 'id IN (SELECT id FROM temp.overlap_near)' : undefined;
}
