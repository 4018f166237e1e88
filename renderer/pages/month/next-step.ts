import type { Output } from '../../../electron/contract.ts';
import { monthlyKinds, type Kind } from '../../../electron/core/kinds.ts';
import { neededKinds } from '../../../electron/core/readiness.ts';

/** The user's own tables (policies, histories) hold for every month: they do not make one. */
const isMonthly = (kind: Kind): boolean => monthlyKinds.some((k) => k === kind);

export type NextStep =
  | { readonly do: 'first-files' }
  | { readonly do: 'import'; readonly kinds: readonly string[] }
  | { readonly do: 'reconcile'; readonly again: boolean }
  | { readonly do: 'findings'; readonly open: number }
  | { readonly do: 'print' };

/**
 * What brings the month forward most: files first, then reconciling what is here, then the findings, then what is still missing, then the list.
 * Reconciling comes before missing files: a month with three of its statements already answers one question.
 */
export function nextStep(
  statements: Output<'month.status'>['statements'],
  answers: Pick<Output<'month.answers'>, 'reconciled'>,
  open: number,
): NextStep {
  const missing = statements.filter((s) => s.state === 'missing' && neededKinds.includes(s.kind)).map((s) => s.kind);
  if (statements.every((s) => s.state === 'missing' || !isMonthly(s.kind))) return { do: 'first-files' };
  if (answers.reconciled !== 'yes') return { do: 'reconcile', again: answers.reconciled === 'stale' };
  if (open > 0) return { do: 'findings', open };
  if (missing.length > 0) return { do: 'import', kinds: missing };
  return { do: 'print' };
}
