import type { Money } from '../money.ts';

/** One statement of a summary, or the detail rows that name it; `id` null where the file has none. */
export interface StatementSide {
  readonly id: string | null;
  readonly amount: Money;
  readonly rows: number;
}
/** One statement with the detail rows that belong to it. */
export interface StatementGroup {
  readonly id: string | null;
  readonly summary?: StatementSide;
  readonly details: readonly StatementSide[];
}
export interface StatementVerdict {
  readonly steps: readonly {
    readonly step: 'statement-without-detail' | 'detail-without-statement' | 'agreed';
    readonly amount: Money;
    readonly rows: number;
    readonly of: StatementGroup;
  }[];
  readonly faults: readonly {
    readonly id: string | null;
    readonly details: readonly StatementSide[];
    readonly expected: Money;
    readonly stated: Money;
  }[];
  readonly compared: number;
}

/**
 * Invariant: a statement's total is the sum of its rows. A statement that stands on one side only is a filtered export (a step), not a fault: also one
 * whose only row is gone, for nothing else tells that it was ever exported (bridges: `statement-without-detail`).
 * A missing id is no key: rows without one stand alone, but they are the month's only statement's where no row names it, or where only with them it
 * adds up. A single total without an id covers all rows.
 */
export function judgeStatementTotals(summaries: readonly StatementSide[], details: readonly StatementSide[]): StatementVerdict {
  const groups = new Map<string | null, { summary?: StatementSide; details: StatementSide[] }>();
  const group = (id: string | null) => {
    const found = groups.get(id) ?? { details: [] };
    groups.set(id, found);
    return found;
  };
  for (const s of summaries) group(s.id).summary = s;
  const only = summaries.length === 1 ? summaries[0] : undefined;
  const nameless = only !== undefined && (only.id === null || isOnly(only, details));
  for (const d of details) group(only && nameless && (only.id === null || d.id === null) ? only.id : d.id).details.push(d);

  const steps: StatementVerdict['steps'][number][] = [];
  const faults: StatementVerdict['faults'][number][] = [];
  let compared = 0;
  for (const [id, { summary, details: found }] of groups) {
    const detail = found.reduce((sum, d) => sum + d.amount, 0n);
    const rows = found.reduce((n, d) => n + d.rows, 0);
    const of: StatementGroup = { id, details: found, ...(summary && { summary }) };
    if (!summary) steps.push({ step: 'detail-without-statement', amount: detail, rows, of });
    else if (found.length === 0) steps.push({ step: 'statement-without-detail', amount: -summary.amount, rows: summary.rows, of });
    else {
      compared += 1;
      if (summary.amount === detail) steps.push({ step: 'agreed', amount: 0n, rows: rows + summary.rows, of });
      else faults.push({ id, details: found, expected: detail, stated: summary.amount });
    }
  }
  return { steps, faults, compared };
}

/** Are the rows without an id those of the only statement? */
function isOnly({ id, amount }: StatementSide, details: readonly StatementSide[]): boolean {
  const named = details.filter((d) => d.id === id);
  const total = (sides: readonly StatementSide[]): Money => sides.reduce((sum, d) => sum + d.amount, 0n);
  return named.length === 0 || amount === total(named) + total(details.filter((d) => d.id === null));
}
