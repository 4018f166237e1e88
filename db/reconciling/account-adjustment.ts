import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import { pairAllocations, signOf, type Allocation, type AllocationPair } from '../../electron/core/judging/allocation-pairs.ts';
import { earlierCycle, isMonthEdge, neighbours } from '../../electron/core/judging/month-edge.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { addDays } from '../../electron/core/month.ts';
import { adjustmentReason } from '../../electron/core/wording/account.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import type { Outcome, Reconciler, RunContext } from './context.ts';

const code = 'account.adjustment';

/** An allocation with its own number: the flow id in the ledger, the transaction id in the records. */
interface Numbered extends Allocation {
  readonly number: string | null;
  readonly accountName: string | null;
}
type Pairing = AllocationPair<Numbered, Numbered>;
type Side = 'account-statement' | 'adjustment';

/** Allocations and retrievals of the partner's ledger against the adjustment records: exactly equal, one by one. */
export const accountAdjustment: Reconciler = { name: 'account-adjustment', run };

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const missing = (['account-statement', 'adjustment'] satisfies Kind[])
    .filter((kind) => !context.has(kind, cycle))
    .map((kind) => ({ kind, cycle }));
  if (missing.length > 0) {
    return {
      bridge: { pair: 'account-adjustment', missing: missing.map((m) => m.kind) },
      findings: [],
      checks: [{ code, compared: 0, skipped: missingFiles(missing) }],
    };
  }
  const bridge = new BridgeBuilder('account-adjustment', '收支明细拨款－回收－解绑回收', '调账记录拨款－回收－解绑回收', context.sink);
  bridge.left(total(context, `SELECT sum(-change_amount) FROM account_statement WHERE ${ledgerRows}`));
  bridge.right(
    total(
      context,
      `SELECT sum(CASE operation WHEN 'allocation' THEN abs(amount) ELSE -abs(amount) END) FROM adjustment WHERE cycle = ? AND in_force = 1`,
    ),
  );
  const findings: FindingDraft[] = [];
  const pairs = pairAllocations(ledgerOf(context, cycle), recordsOf(context, cycle));
  for (const pair of pairs) {
    const stated = signed(pair.ledger);
    const expected = signed(pair.record);
    const rows = (pair.ledger ? 1 : 0) + (pair.record ? 1 : 0);
    if (stated === expected) bridge.step('agreed', 0n, rows, () => origin(pair));
    else if (isEdge(context, pair)) bridge.step('month-edge', expected - stated, rows, () => origin(pair));
    else {
      bridge.unexplained(expected - stated);
      findings.push(draft(pair, expected - stated));
    }
  }
  return { bridge: bridge.close(), findings, checks: [{ code, compared: pairs.length }] };
}

function origin(pair: Pairing): BridgeOrigin {
  const { ledger, record } = pair;
  const { customerKey, operation, at } = (ledger ?? record)!;
  return {
    customerKey: customerKey === '' ? null : customerKey,
    key: [ledger?.number ?? record?.number ?? null, operation, at],
    level: 'row',
    left: signed(ledger),
    right: signed(record),
    leftRows: ledger ? 1 : 0,
    rightRows: record ? 1 : 0,
    evidence: [
      { side: 'left', ids: ledger ? [ledger.id] : [] },
      { side: 'right', ids: record ? [record.id] : [] },
    ],
  };
}

const ledgerRows = `cycle = ? AND in_force = 1 AND trade_type IN ('allocation', 'retrieval', 'unbindRetrieval')`;
const signed = (a: Allocation | undefined): bigint => (a ? signOf(a.operation) * a.amount : 0n);

function total({ db, cycle }: RunContext, sql: string): bigint {
  return db.prepare<[string], bigint | null>(sql).pluck().get(cycle) ?? 0n;
}

/** A ledger row's amount keeps its sign against its operation: an allocation that comes back counts negative. */
function ledgerOf({ db }: RunContext, cycle: string): Numbered[] {
  return db
    .prepare<[string], Numbered>(
      `SELECT id, coalesce(customer_key, '') AS customerKey, trade_type AS operation, traded_at AS at,
              CASE trade_type WHEN 'allocation' THEN -change_amount ELSE change_amount END AS amount, flow_id AS number, account_name AS accountName
         FROM account_statement WHERE ${ledgerRows} ORDER BY id`,
    )
    .all(cycle);
}

function recordsOf({ db }: RunContext, cycle: string): Numbered[] {
  return db
    .prepare<[string], Numbered>(
      `SELECT id, coalesce(customer_key, '') AS customerKey, operation, operated_at AS at, abs(amount) AS amount, transaction_id AS number,
              account_name AS accountName
         FROM adjustment WHERE cycle = ? AND in_force = 1 ORDER BY id`,
    )
    .all(cycle);
}

/** Done in the last 24 hours of a month, and its other side stands at the begin of the next; or that month was not imported. */
function isEdge(context: RunContext, pair: Pairing): boolean {
  const own = pair.ledger ?? pair.record!;
  if (pair.ledger && pair.record) return false;
  const side: Side = pair.ledger ? 'adjustment' : 'account-statement';
  return neighbours(context.cycle).some((cycle) => {
    const earlier = earlierCycle(cycle, context.cycle);
    const late = (at: string): boolean => isMonthEdge({ tradedAt: at, consumedFrom: null, consumedTo: null }, earlier);
    if (!context.has(side, cycle)) return late(own.at);
    const others = side === 'adjustment' ? recordsOf(context, cycle) : ledgerOf(context, cycle);
    return others.some((o) => sameOperation(o, own) && (late(own.at) || late(o.at)));
  });
}

/** The same operation booked on both sides of a month's end: a like amount of another day is another operation. */
const sameOperation = (a: Allocation, b: Allocation): boolean =>
  a.customerKey === b.customerKey &&
  a.operation === b.operation &&
  a.amount === b.amount &&
  [-1, 0, 1].some((days) => addDays(a.at, days) === b.at.slice(0, 10));

/** Against us: more allocated than recorded, or less retrieved. Amounts are those of the operation, positive. */
function draft({ ledger, record }: Pairing, unexplained: bigint): FindingDraft {
  const { operation, customerKey } = (ledger ?? record)!;
  const expected = record?.amount ?? 0n;
  const stated = ledger?.amount ?? 0n;
  const number = ledger?.number ?? record?.number ?? undefined;
  const favours = (stated - expected) * signOf(operation) < 0n;
  return {
    code,
    ...(favours ? { severity: 'review' as const } : {}),
    businessKey: [number ?? `${customerKey} ${operation} ${(ledger ?? record)!.at}`],
    customerId: customerKey === '' || customerKey.startsWith('@') ? undefined : customerKey,
    accountName: ledger?.accountName ?? record?.accountName ?? undefined,
    recordId: number,
    expected,
    stated,
    reason: adjustmentReason(expected, stated),
    candidates: [],
    left: ledger ? [ledger.id] : [],
    right: record ? [record.id] : [],
    bridge: { pair: 'account-adjustment', amount: unexplained },
  };
}
