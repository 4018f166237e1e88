import { judgeGrain, type GrainVerdict } from '../../electron/core/judging/summary-grain.ts';
import type { MatchKey } from '../../electron/core/manual-match.ts';
import { cycleOf, lastDay, type BillingCycle } from '../../electron/core/month.ts';
import type { ReadDb } from '../open.ts';
import type { RunContext } from './context.ts';
import { shareOutside, type Share } from './scope.ts';
import { partGrains, type Beyond } from './summary-scope.ts';
import { cellOf, summed, type Grain, type GrainColumn } from './summary-grains.ts';

/** Grains that differ on their own, as far as one thing explains them together. */
export interface Settled {
  readonly step: 'scope' | 'sub-account' | Exclude<GrainVerdict, 'differs'> | undefined;
  /** The first names them: the main customer's, where it is among them. */
  readonly grains: readonly Grain[];
  /** Details of the cell that are outside what the summary covers: they stand beside, and the grain is without them. */
  readonly beyond?: Beyond;
  /** Which of the cell's amounts are outside cannot be told: all of it stands there. */
  readonly undecided?: true;
  /** What a person joined in it. */
  readonly joined?: readonly MatchKey[];
}

/**
 * Places grains that differ on their own, each in exactly one place: outside what a file was said to cover, with the other grains of a main customer and
 * its sub-accounts, or (step undefined) as a difference.
 */
export function settleGrains(context: RunContext, columns: readonly GrainColumn[], open: readonly Grain[]): Settled[] {
  const outside = { detail: shareOutside(context, 'consumption'), summary: shareOutside(context, 'consumption-summary') };
  const subs = subAccounts(context.db, context.cycle);
  const apart = partGrains(context, columns);
  const settled: Settled[] = [];
  const families = new Map<string, Grain[]>();
  for (const grain of open) {
    const sub = subs.get(grain.customer_key);
    if (isPartly(grain, outside)) settled.push(apart(grain));
    else if (isBeyond(grain, outside)) settled.push({ step: 'scope', grains: [grain] });
    else if (subs.size === 0) settled.push({ step: undefined, grains: [grain] });
    else {
      const key = JSON.stringify([sub?.customer ?? grain.customer_key, cellOf(columns, grain)]);
      families.set(key, [...(families.get(key) ?? []), grain]);
    }
  }
  for (const family of families.values()) settled.push(...settleFamily(family, subs));
  return settled;
}

type Shares = Readonly<Record<'detail' | 'summary', ((customerKey: string) => Share) | undefined>>;

/** Of a customer who changed to or from a manager outside. */
const isPartly = ({ customer_key: customer }: Grain, { detail, summary }: Shares): boolean =>
  detail?.(customer) === 'some' || summary?.(customer) === 'some';

function isBeyond({ customer_key: customer, detailRows, statedRows }: Grain, { detail, summary }: Shares): boolean {
  const [noDetail, noSummary] = [detail?.(customer) ?? 'none', summary?.(customer) ?? 'none'];
  return (detailRows === 0n && noDetail === 'all') || (statedRows === 0n && noSummary === 'all');
}

interface SubAccount {
  /** The main customer. */
  readonly customer: string;
  /** Its binding ended in this month: one side may still have it and the other not. */
  readonly unbound: boolean;
}

function settleFamily(family: readonly Grain[], subs: ReadonlyMap<string, SubAccount>): Settled[] {
  const main = family.toSorted((a, b) => Number(subs.has(a.customer_key)) - Number(subs.has(b.customer_key)));
  if (main.length > 1) {
    const together = judgeGrain(summed(main));
    if (together === 'agreed') return [{ step: 'sub-account', grains: main }];
    if (together !== 'differs') return [{ step: together, grains: main }];
  }
  const gone = main.filter((g) => subs.get(g.customer_key)?.unbound === true && (g.detailRows === 0n || g.statedRows === 0n));
  const rest = main.filter((g) => !gone.includes(g));
  const left: Settled[] = rest.length === 0 ? [] : [{ step: undefined, grains: rest }];
  return [...gone.map((grain): Settled => ({ step: 'sub-account', grains: [grain] })), ...left];
}

/** The user's table as it holds in the month; of several entries of one sub-account the one that began last. */
function subAccounts(db: ReadDb, cycle: BillingCycle): Map<string, SubAccount> {
  const rows = db
    .prepare<[string, string], { sub: string; customer: string; to: string | null }>(
      `SELECT sub_customer_id AS sub, customer_id AS customer, substr(valid_to, 1, 10) AS "to" FROM sub_account
        WHERE in_force = 1 AND coalesce(valid_from, '') <= ? AND coalesce(valid_to, '9') >= ?
        ORDER BY sub_customer_id, coalesce(valid_from, ''), coalesce(valid_to, '9'), customer_id`,
    )
    .all(lastDay(cycle), `${cycle}-01`);
  return new Map(rows.map(({ sub, customer, to }) => [sub, { customer, unbound: to !== null && cycleOf(to) === cycle }]));
}
