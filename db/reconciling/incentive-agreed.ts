import { ratingColumns, type LinkRow, type RatedBy } from './incentive-links.ts';
import {
  AgreedSums,
  mostOffers,
  mostRatings,
  performanceCode,
  ratingOf,
  ratingUnit,
  type Agreed,
  type KeySums,
  type Offer,
  type Rating,
} from './incentive-sums.ts';
import type { RunContext } from './context.ts';
import type { IncentiveRun } from './incentive-run.ts';
import { monthScan } from './month-scan.ts';

/**
 * Finds the keys that agree by sorting no more than 业绩ID, amounts and two small numbers: what rates a performance, what a stated row
 * prints of its plan. TEMP `incentive_open` keeps all other keys. Undefined where those are more than a few, or a performance has no 业绩ID: then all are read.
 */
export function agreedIncentives(state: IncentiveRun): Agreed | undefined {
  const { db, cycle } = state.context;
  const offers = offersOf(state);
  const ratings = offers.length > mostOffers ? undefined : ratingsOf(state, offers);
  if (!ratings) return undefined;
  const sums = new AgreedSums();
  const open: string[] = [];
  for (const key of keySums(state.context, offers).iterate({ cycle, ...planNames(offers) })) {
    const [id] = key;
    if (id === null) return undefined;
    const rating = ratings[ratingOf(key) - 1];
    if (rating && sums.take(key, rating, open.length)) continue;
    open.push(id);
    if (open.length > 1000 && open.length * 4 > sums.keys) return undefined;
  }
  if (open.length * 4 > sums.keys) return undefined;
  db.exec('DROP TABLE IF EXISTS temp.incentive_open; CREATE TEMP TABLE incentive_open (performance_id TEXT PRIMARY KEY) WITHOUT ROWID');
  const add = db.prepare<[string]>('INSERT INTO temp.incentive_open VALUES (?)');
  for (const id of open) add.run(id);
  return { keys: sums.keys, steps: sums.steps, bases: sums.bases, open: open.length };
}

const ratingNames = Object.keys(ratingColumns) as (keyof RatedBy)[];

/** What rates the month's performance, numbered from 1 in TEMP `incentive_rating`; undefined where that is too much. */
function ratingsOf(state: IncentiveRun, offers: readonly Offer[]): Rating[] | undefined {
  const { db, cycle } = state.context;
  db.exec('DROP TABLE IF EXISTS temp.incentive_rating');
  const columns = ratingNames.map((name) => `${ratingColumns[name]} AS ${name}`).join(', ');
  db.prepare(
    `CREATE TEMP TABLE incentive_rating AS SELECT DISTINCT ${columns} FROM ${monthScan('performance', 'p')} LIMIT ${mostRatings + 1}`,
  ).run({ cycle });
  const rows = db.prepare<[], Pick<LinkRow, keyof RatedBy>>('SELECT * FROM temp.incentive_rating ORDER BY rowid').all();
  if (rows.length > mostRatings) return undefined;
  db.exec('CREATE UNIQUE INDEX temp.incentive_rating_key ON incentive_rating (at, product, association_type, tag, customer_id)');
  const offer = (plan: string, rate: bigint | null): bigint => BigInt(offers.findIndex((o) => o.plan === plan && o.rate === rate) + 1);
  return rows.map((part) => {
    const rated = state.rate(part);
    return { part, rated, dues: rated.rates.map(({ plan, rate }) => ({ rate, offers: [offer(plan, rate), offer(plan, null)] })) };
  });
}

/** What a row of a plan of the policy table can print: one of its rates, or none. */
function offersOf({ policy }: IncentiveRun): Offer[] {
  const byPlan = Map.groupBy(
    policy.filter((row) => row.method === 'perRow'),
    (row) => row.plan,
  );
  return [...byPlan].flatMap(([plan, rows]) => [null, ...new Set(rows.map((row) => row.rate))].map((rate) => ({ plan, rate })));
}

const plansOf = (offers: readonly Offer[]): string[] => [...new Set(offers.map((o) => o.plan))];
const planNames = (offers: readonly Offer[]): Record<string, string> =>
  Object.fromEntries(plansOf(offers).map((plan, at) => [`plan${at}`, plan]));

/** SQL: the number of the offer that an `incentive` row i prints, from 1; 0 where it is none. */
function offerSql(offers: readonly Offer[]): string {
  const cases = plansOf(offers).map((plan, at) => {
    const own = offers.flatMap((o, index) => (o.plan === plan ? [`WHEN i.rate IS ${o.rate ?? 'NULL'} THEN ${index + 1}`] : []));
    return `WHEN :plan${at} THEN CASE ${own.join(' ')} ELSE 0 END`;
  });
  return cases.length > 0 ? `CASE i.plan_name ${cases.join(' ')} ELSE 0 END` : '0';
}

function keySums({ db }: RunContext, offers: readonly Offer[]) {
  const rating = ratingNames.map((name) => `r.${name} IS ${ratingColumns[name]}`).join(' AND ');
  return db
    .prepare<Record<string, string>, KeySums>(
      `SELECT key, count(*), sum(coalesce(rating, 1 << offer)), coalesce(sum(amount), 0), coalesce(sum(amount * offer), 0), min(base), max(base)
         FROM (
           SELECT p.performance_id AS key, (SELECT ${performanceCode} + r.rowid * ${ratingUnit} FROM temp.incentive_rating r WHERE ${rating}) AS rating,
                  NULL AS offer, NULL AS amount, coalesce(p.amount, 0) AS base
             FROM ${monthScan('performance', 'p')}
           UNION ALL
           SELECT i.performance_id, NULL, ${offerSql(offers)}, coalesce(i.amount, 0), i.base_amount
             FROM ${monthScan('incentive', 'i')} AND i.performance_id IS NOT NULL
         )
        GROUP BY key ORDER BY key`,
    )
    .raw();
}
