import type { World } from '../fixtures/generate.ts';
import type { MonthResult } from '../month/harness.ts';

/** What a pair compares (bridges.md), and a check that says `skipped` with it. */
const pairs: Record<string, { readonly sides: readonly string[]; readonly check: string }> = {
  'bill-total-lines': { sides: ['bill-summary', 'partner-bill'], check: 'bill.total' },
  'bill-consumption': { sides: ['partner-bill', 'consumption'], check: 'bill.amount' },
  'consumption-summary': { sides: ['consumption-summary', 'consumption'], check: 'consumption.summary' },
  'consumption-performance': { sides: ['consumption', 'performance'], check: 'performance.missing' },
  'performance-summary': { sides: ['performance-summary', 'performance'], check: 'performance.summary' },
  'performance-incentive': { sides: ['performance', 'incentive'], check: 'incentive.base' },
  'incentive-summary': { sides: ['incentive-summary', 'incentive'], check: 'incentive.summary' },
  'bill-account': { sides: ['partner-bill', 'account-statement'], check: 'account.deduction-without-bill' },
  'account-adjustment': { sides: ['account-statement', 'adjustment'], check: 'account.adjustment' },
  'request-invoices': { sides: ['payment-request'], check: 'invoice.sum' },
};

/** Bridges of a month that were not built. */
export interface Skips {
  /** A side of it is in no file of the world, or there in part, and that is what it says. */
  readonly rightly: string[];
  /** Anything else is a defect. */
  readonly wrongly: string[];
}

/** Holds what a month says is missing against the files that the world has. */
export function skipsOf({ tables, marks = [] }: World, month: string, { bridges, checks }: Pick<MonthResult, 'bridges' | 'checks'>): Skips {
  const rows = (kind: string): number =>
    tables.filter((t) => t.kind === kind && t.billingCycle === month).reduce((n, t) => n + (t.size ?? t.rows.length), 0);
  const [rightly, wrongly]: [string[], string[]] = [[], []];
  for (const bridge of bridges) {
    if (!('skipped' in bridge)) continue;
    const { sides, check } = pairs[bridge.pair]!;
    const said: readonly string[] = bridge.skipped.missing;
    // Of a statement that was exported in part the sums cannot be held against another's.
    const isPart = (kind: string): boolean => said.includes(kind) && marks.some((m) => m.month === month && m.kind === kind);
    const absent = sides.filter((kind) => rows(kind) === 0 || isPart(kind));
    const isTold = checks.some((c) => c.code === check && c.skipped !== undefined);
    if (absent.length > 0 && isTold && absent.toSorted().join() === said.toSorted().join()) rightly.push(`${bridge.pair}: no ${absent.join(', no ')}`);
    else wrongly.push(`${month} ${bridge.pair}: says that ${said.join(', ') || 'nothing'} is missing; in no file: ${absent.join(', ') || 'nothing'}; ${check} ${isTold ? 'skipped' : 'not skipped'}`);
  }
  return { rightly, wrongly };
}
