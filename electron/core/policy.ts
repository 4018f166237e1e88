import type { Rate } from './money.ts';

/** One row of the user's incentive policy; null = any. Dates "YYYY-MM-DD", inclusive on both ends, null = open. */
export interface PolicyRow {
  readonly plan: string;
  readonly product: string | null;
  readonly association: string | null;
  readonly tag: 'Y' | 'N' | null;
  readonly method: 'perRow' | 'tier';
  /** Of a tier: it applies from this indicator value on, 1e-8. */
  readonly threshold: bigint | null;
  readonly rate: Rate;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** What decides which rows of the policy cover a performance row. `date` is "YYYY-MM-DD". */
export interface RateSubject {
  readonly product: string | null;
  readonly association: string | null;
  readonly tag: 'Y' | 'N' | null;
  readonly date: string;
}
export interface PlanRate {
  readonly plan: string;
  readonly rate: Rate;
}

/** Does a policy row cover the subject? A condition on something that the subject does not say is not met. */
export function covers(row: PolicyRow, subject: RateSubject): boolean {
  return (
    (row.product === null || row.product === subject.product) &&
    (row.association === null || row.association === subject.association) &&
    (row.tag === null || row.tag === subject.tag) &&
    (row.validFrom === null || row.validFrom <= subject.date) &&
    (row.validTo === null || subject.date <= row.validTo)
  );
}

const specificity = (row: PolicyRow): number => Number(row.product !== null) + Number(row.association !== null) + Number(row.tag !== null);

/**
 * The row-by-row rates in force for a subject, at most one per plan, by plan name: within a plan the most specific row wins, of equally
 * specific ones the one that began last (then the higher rate, so that the order of the table never matters).
 */
export function ratesInForce(policy: readonly PolicyRow[], subject: RateSubject): PlanRate[] {
  const best = new Map<string, PolicyRow>();
  for (const row of policy) {
    if (row.method !== 'perRow' || !covers(row, subject)) continue;
    const held = best.get(row.plan);
    if (!held || beats(row, held)) best.set(row.plan, row);
  }
  return [...best.values()].map(({ plan, rate }) => ({ plan, rate })).sort((a, b) => (a.plan < b.plan ? -1 : 1));
}

function beats(row: PolicyRow, held: PolicyRow): boolean {
  const by = specificity(row) - specificity(held);
  if (by !== 0) return by > 0;
  const from = row.validFrom ?? '';
  const heldFrom = held.validFrom ?? '';
  return from === heldFrom ? row.rate > held.rate : from > heldFrom;
}

/** The tier plans whose scope a subject is in. */
export function tierPlansOf(policy: readonly PolicyRow[], subject: RateSubject): string[] {
  return [...new Set(policy.filter((row) => row.method === 'tier' && covers(row, subject)).map((row) => row.plan))].sort();
}

/** The plans that pay new customers only, or old ones only: whose every row-by-row rate asks for the same tag. */
export function tagsOfPlans(policy: readonly PolicyRow[]): Map<string, 'Y' | 'N'> {
  const tags = new Map<string, 'Y' | 'N'>();
  for (const [plan, rows] of Map.groupBy(
    policy.filter((row) => row.method === 'perRow'),
    (row) => row.plan,
  )) {
    const [first] = rows;
    if (first?.tag && rows.every((row) => row.tag === first.tag)) tags.set(plan, first.tag);
  }
  return tags;
}

/** 新客标签 as exports and tables write it, in lower case. */
export const tagWords = {
  Y: ['y', 'yes', 'true', '1', '是', '新客', '新客户', '新', 'new'],
  N: ['n', 'no', 'false', '0', '否', '老客', '老客户', '老', 'old', '非新客'],
} as const;

/** 新客标签 → Y, N, or null where it says nothing. */
export function readTag(text: string | null | undefined): 'Y' | 'N' | null {
  const t = (text ?? '').trim().toLowerCase();
  if ((tagWords.Y as readonly string[]).includes(t)) return 'Y';
  return (tagWords.N as readonly string[]).includes(t) ? 'N' : null;
}
