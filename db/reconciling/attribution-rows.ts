import { stretches, type Stretch } from '../../electron/core/judging/attribution.ts';
import { addDays, lastDay } from '../../electron/core/month.ts';
import { customerIdSql } from '../customer-keys.ts';
import type { AttributionCheck } from './attribution-checks.ts';
import type { RunContext } from './context.ts';
import { monthRows } from './rows-of.ts';

/** A customer, a day and what is wrongly stated on it; stands for all rows that share them. */
export interface WrongRow {
  readonly customer_id: string;
  readonly day: string;
  readonly value: string | null;
  readonly doubtful: boolean;
}
export interface Compared {
  /** Rows of which the table says something. */
  readonly rows: number;
  readonly wrong: readonly WrongRow[];
}
type Stated = Record<AttributionCheck['column'], string | null> & { readonly customer_id: string; readonly day: string };

/** What the table of a check says of a customer on some days: one value, nothing, or it depends on when a change takes effect. */
const says = { depends: 0, one: 1, nothing: 2 } as const;

/**
 * Judges every performance row by every check. Rows that state just what the tables say of their customer on their day are only counted, by SQLite;
 * all others are judged one by one.
 */
export function compareAttribution(context: RunContext, checks: readonly AttributionCheck[]): Map<AttributionCheck['code'], Compared> {
  if (checks.length === 0) return new Map();
  fillKnown(context, checks);
  const { db, cycle } = context;
  const plain = checks
    .map(({ statedSql }, at) => `(k.says${at} = ${says.nothing} OR (k.says${at} = ${says.one} AND k.value${at} IS ${statedSql}))`)
    .join(' AND ');
  const known = `LEFT JOIN temp.attribution_known k ON k.customer_id = ${customerIdSql('p')} AND k.first <= p.traded_at AND k.before > p.traded_at`;
  const { others, ...counted } = db
    .prepare<{ cycle: string }, Record<string, bigint> & { readonly others: string }>(
      `SELECT json_group_array(p.id) FILTER (WHERE (${plain}) IS NOT 1) AS others${checks.map((_, at) => `, coalesce(sum(k.says${at} = ${says.one}), 0) AS rows${at}`).join('')}
         FROM ${monthRows('performance', 'p')} ${known} WHERE p.traded_at IS NOT NULL`,
    )
    .get({ cycle })!;
  const parts = checks.map((check, at) => ({ check, at, rows: Number(counted[`rows${at}`]), wrong: new Map<string, WrongRow>() }));
  const rows = db.prepare<[string], Stated & Record<string, bigint | null>>(
    `SELECT ${customerIdSql('p')} AS customer_id, substr(p.traded_at, 1, 10) AS day, p.account_manager, p.reseller_name, p.new_customer_tag${checks.map((_, at) => `, k.says${at}`).join('')}
       FROM json_each(?) j CROSS JOIN performance p ON p.id = j.value ${known}
      WHERE ${customerIdSql('p')} IS NOT NULL`,
  );
  for (const row of rows.iterate(others)) {
    const { customer_id, day } = row;
    for (const part of parts) {
      const value = row[part.check.column];
      const verdict = part.check.judge(customer_id, value, day);
      part.rows += Number(verdict !== 'unknown') - Number(row[`says${part.at}`] === BigInt(says.one));
      if (verdict === 'wrong' || verdict === 'doubtful')
        part.wrong.set(`${customer_id}|${day}|${value}`, { customer_id, day, value, doubtful: verdict === 'doubtful' });
    }
  }
  return new Map(parts.map(({ check, rows: judged, wrong }) => [check.code, { rows: judged, wrong: inOrder(wrong) }]));
}

const inOrder = (wrong: ReadonlyMap<string, WrongRow>): WrongRow[] =>
  [...wrong].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stated]) => stated);

/** Fills TEMP `attribution_known` with what the tables say of each customer that they know, on each day of the month. */
function fillKnown({ db, cycle }: RunContext, checks: readonly AttributionCheck[]): void {
  const columns = checks.map((_, at) => `says${at} INTEGER NOT NULL, value${at} TEXT, `).join('');
  db.exec(`DROP TABLE IF EXISTS temp.attribution_known;
    CREATE TEMP TABLE attribution_known (customer_id TEXT, first TEXT, before TEXT, ${columns}PRIMARY KEY (customer_id, first)) WITHOUT ROWID`);
  const insert = db.prepare<(string | bigint | null)[]>(
    `INSERT INTO temp.attribution_known VALUES (?, ?, ?${checks.map(() => ', ?, ?').join('')})`,
  );
  const month = [`${cycle}-01`, lastDay(cycle)] as const;
  for (const customer of new Set(checks.flatMap(({ history }) => [...history.keys()]))) {
    const held = checks.map(({ history }) => stretches(history.get(customer) ?? [], ...month));
    const starts = [...new Set(held.flatMap((all) => all.map(({ first }) => first)))].sort();
    for (const [at, first] of starts.entries()) {
      const values = checks.flatMap((check, of) =>
        known(
          check,
          held[of]!.findLast((stretch) => stretch.first <= first)!,
        ),
      );
      insert.run(customer, first, starts[at + 1] ?? addDays(month[1], 1), ...values);
    }
  }
}

function known({ silent }: AttributionCheck, { held }: Stretch): [bigint, string | null] {
  if (held === 'change') return [BigInt(says.depends), null];
  return held === undefined || held.value === silent ? [BigInt(says.nothing), null] : [BigInt(says.one), held.value];
}
