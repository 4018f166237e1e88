import type { FindingDraft } from '../../electron/core/finding.ts';
import { addDays } from '../../electron/core/month.ts';
import { displayMoney } from '../../electron/core/money.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import type { Outcome, RunContext } from './context.ts';
import { sumInSheets } from './sheet-steps.ts';

interface Frozen {
  readonly id: bigint;
  readonly incentive_bill_id: string | null;
  readonly incentive_name: string | null;
  readonly amount: bigint;
  readonly pending_amount: bigint | null;
  readonly freeze_reason: string;
  readonly exported_at: string | null;
}

/**
 * An incentive is frozen while the month's consumption is not fully paid and thaws the day after (rules §5). It is held against a consumption
 * export that shows no debt and is more than a day older than the statement that still says frozen.
 */
export function frozenOutcome(context: RunContext): Outcome {
  const code = 'incentive.frozen';
  const { db, cycle } = context;
  const missing = (['incentive-summary', 'consumption'] as const)
    .filter((kind) => !context.has(kind, cycle))
    .map((kind) => ({ kind, cycle }));
  if (missing.length > 0) return { findings: [], checks: [{ code, compared: 0, skipped: missingFiles(missing) }] };
  const frozen = db
    .prepare<[string], Frozen>(
      `SELECT f.id, f.incentive_bill_id, f.incentive_name, coalesce(f.amount, 0) AS amount, f.pending_amount, f.freeze_reason, i.exported_at
         FROM incentive_summary f JOIN sheet s ON s.id = f.id >> 24 JOIN import i ON i.id = s.import
        WHERE f.cycle = ? AND f.in_force = 1 AND f.freeze_reason IS NOT NULL AND f.freeze_reason <> '' ORDER BY f.id`,
    )
    .all(cycle);
  if (frozen.length === 0) {
    const skipped = `${cycle} 激励汇总没有冻结原因 / the incentive summary of ${cycle} states no freeze`;
    return { findings: [], checks: [{ code, compared: 0, skipped }] };
  }
  const paidAt = debtFreeSince(context);
  const findings = frozen
    .filter((f) => paidAt !== undefined && f.exported_at !== null && addDays(paidAt, 1) < f.exported_at.slice(0, 10))
    .map((f) => draft(f, paidAt!));
  const unknown = paidAt === undefined || frozen.every((f) => f.exported_at === null);
  const skipped = `不知道欠款何时结清：${cycle} 的消费明细仍有欠费，或导出时间未知 / it is not known when the debts were paid: the consumption of ${cycle} still shows debt, or export times are unknown`;
  return { findings, checks: [{ code, compared: unknown ? 0 : frozen.length, ...(unknown ? { skipped } : {}) }] };
}

/** The export day of a consumption statement without any debt; undefined where there is debt or the day is unknown. */
function debtFreeSince(context: RunContext): string | undefined {
  const { db, cycle } = context;
  const rowsWithDebt = sumInSheets(context, 'debts', ['consumption', 'c'], 'c.debt_amount <> 0');
  if (rowsWithDebt !== 0n) return undefined;
  const at = db
    .prepare<[string], { at: string | null; unknown: bigint }>(
      `SELECT max(i.exported_at) AS at, sum(i.exported_at IS NULL) AS unknown FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE s.kind = 'consumption' AND c.cycle = ? AND c.in_force = 1 AND i.undone_at IS NULL`,
    )
    .get(cycle)!;
  return at.unknown === 0n && at.at !== null ? at.at.slice(0, 10) : undefined;
}

function draft(f: Frozen, paidAt: string): FindingDraft {
  // Nothing waits to be requested of what is frozen as a whole.
  const stated = (f.pending_amount ?? 0n) === 0n ? 0n : f.amount - f.pending_amount!;
  const held = displayMoney(f.amount - stated);
  const at = f.exported_at!.slice(0, 10);
  return {
    code: 'incentive.frozen',
    ...(stated > f.amount ? { severity: 'review' as const } : {}),
    businessKey: [f.incentive_bill_id ?? f.incentive_name ?? ''],
    recordId: f.incentive_bill_id ?? undefined,
    expected: f.amount,
    stated,
    reason: {
      zh: `${paidAt} 的消费明细已无欠费，${at} 的激励汇总仍冻结 ${held}（${f.freeze_reason}）。`,
      en: `The consumption exported on ${paidAt} shows no debt, but the incentive summary of ${at} still holds ${held} (${f.freeze_reason}).`,
    },
    candidates: [],
    left: [f.id],
    right: [],
  };
}
