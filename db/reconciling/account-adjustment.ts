import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import { pairAllocations, signOf, type Allocation } from '../../electron/core/judging/allocation-pairs.ts';
import { earlierCycle, isMonthEdge, neighbours } from '../../electron/core/judging/month-edge.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { isEntry } from '../../electron/core/manual-match.ts';
import { addDays, type BillingCycle } from '../../electron/core/month.ts';
import { adjustmentReason } from '../../electron/core/wording/account.ts';
import { withJoined } from '../../electron/core/wording/manual-match.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { allocationStatements, isAllocationSql, type AllocationStatements } from './allocation-account.ts';
import { allocationName, groupAllocations, type AllocationGroup, type Numbered } from './allocation-matches.ts';
import type { Outcome, Reconciler, RunContext } from './context.ts';

const code = 'account.adjustment';
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
  const statements = allocationStatements(context);
  if (!statements.has(cycle)) {
    const because = statements.missing(cycle);
    return {
      bridge: { pair: 'account-adjustment', missing: ['account-statement'], because },
      findings: [],
      checks: [{ code, compared: 0, skipped: because }],
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
  const groups = groupAllocations(context, ledgerOf(context, cycle), recordsOf(context, cycle));
  const lone = loneRows(context);
  for (const group of groups) {
    const stated = signed(group.ledger);
    const expected = signed(group.records);
    const rows = group.ledger.length + group.records.length;
    if (stated === expected) bridge.step('agreed', 0n, rows, () => origin(group));
    else if (isEdge(context, statements, lone, group)) bridge.step('month-edge', expected - stated, rows, () => origin(group));
    else {
      bridge.unexplained(expected - stated);
      findings.push(draft(group, expected - stated));
    }
  }
  return { bridge: bridge.close(), findings, checks: [{ code, compared: groups.length }] };
}

/** The row that names a group: one that a person named, else of the ledger, where it has one. */
function namingRow({ ledger, records, joined }: AllocationGroup): Numbered {
  const rows = [...ledger, ...records];
  const said = new Set(joined?.filter(isEntry).map((key) => key.flowId));
  return (rows.find((row) => said.has(allocationName(row))) ?? rows[0])!;
}

function origin(group: AllocationGroup): BridgeOrigin {
  const { ledger, records, joined } = group;
  const { customerKey, operation, at, number } = namingRow(group);
  return {
    customerKey: customerKey === '' ? null : customerKey,
    key: [number, operation, at],
    level: joined ? 'joined' : 'row',
    left: signed(ledger),
    right: signed(records),
    leftRows: ledger.length,
    rightRows: records.length,
    evidence: [
      { side: 'left', ids: ledger.map((row) => row.id) },
      { side: 'right', ids: records.map((row) => row.id) },
    ],
  };
}

const ledgerRows = `cycle = ? AND in_force = 1 AND ${isAllocationSql}`;
const signed = (rows: readonly Allocation[]): bigint => rows.reduce((sum, a) => sum + signOf(a.operation) * a.amount, 0n);

function total({ db, cycle }: RunContext, sql: string): bigint {
  return db.prepare<[string], bigint | null>(sql).pluck().get(cycle) ?? 0n;
}

/** A ledger row's amount keeps its sign against its operation: an allocation that comes back counts negative. */
function ledgerOf({ db }: RunContext, cycle: string): Numbered[] {
  return db
    .prepare<[string], Numbered>(
      `SELECT id, coalesce(customer_key, '') AS customerKey, trade_type AS operation, traded_at AS at,
              CASE trade_type WHEN 'allocation' THEN -change_amount ELSE change_amount END AS amount, flow_id AS number, account_name AS accountName
         FROM account_statement WHERE ${ledgerRows} ORDER BY traded_at, coalesce(flow_id, ''), id`,
    )
    .all(cycle);
}

function recordsOf({ db }: RunContext, cycle: string): Numbered[] {
  return db
    .prepare<[string], Numbered>(
      `SELECT id, coalesce(customer_key, '') AS customerKey, operation, operated_at AS at, abs(amount) AS amount, transaction_id AS number,
              account_name AS accountName
         FROM adjustment WHERE cycle = ? AND in_force = 1 ORDER BY operated_at, coalesce(transaction_id, ''), id`,
    )
    .all(cycle);
}

/** The rows of a month's side that nothing of their own month is paired with; what a person said there is that month's alone. */
type LoneRows = (cycle: BillingCycle, side: Side) => Numbered[];
function loneRows(context: RunContext): LoneRows {
  const known = new Map<string, Record<Side, Numbered[]>>();
  return (cycle, side) => {
    const found = known.get(cycle);
    if (found) return found[side];
    const pairs: readonly AllocationGroup[] = pairAllocations(ledgerOf(context, cycle), recordsOf(context, cycle));
    const alone = pairs.filter(({ ledger, records }) => ledger.length + records.length === 1);
    const rows = { 'account-statement': alone.flatMap((g) => g.ledger), adjustment: alone.flatMap((g) => g.records) };
    known.set(cycle, rows);
    return rows[side];
  };
}

/** Done in the last 24 hours of a month, and its other side stands alone at the begin of the next; or that month was not imported. */
function isEdge(context: RunContext, statements: AllocationStatements, lone: LoneRows, group: AllocationGroup): boolean {
  const own = namingRow(group);
  if (group.ledger.length + group.records.length > 1) return false;
  const side: Side = group.ledger.length > 0 ? 'adjustment' : 'account-statement';
  return neighbours(context.cycle).some((cycle) => {
    const earlier = earlierCycle(cycle, context.cycle);
    const late = (at: string): boolean => isMonthEdge({ tradedAt: at, consumedFrom: null, consumedTo: null }, earlier);
    const isThere = side === 'adjustment' ? context.has(side, cycle) : statements.has(cycle);
    if (!isThere) return late(own.at);
    const others = lone(cycle, side);
    const at = others.findIndex((o) => sameOperation(o, own) && (late(own.at) || late(o.at)));
    // One operation is the other side of one.
    if (at >= 0) others.splice(at, 1);
    return at >= 0;
  });
}

/** The same operation booked on both sides of a month's end, also where one does not name its customer: a like amount of another day is another operation. */
const sameOperation = (a: Allocation, b: Allocation): boolean =>
  (a.customerKey === b.customerKey || a.customerKey === '' || b.customerKey === '') &&
  a.operation === b.operation &&
  a.amount === b.amount &&
  [-1, 0, 1].some((days) => addDays(a.at, days) === b.at.slice(0, 10));

/** Against us: more allocated than recorded, or less retrieved. Amounts are those of the operation that names the group, positive. */
function draft(group: AllocationGroup, unexplained: bigint): FindingDraft {
  const { ledger, records, joined } = group;
  const first = namingRow(group);
  const { operation, customerKey } = first;
  const expected = signOf(operation) * signed(records);
  const stated = signOf(operation) * signed(ledger);
  const reason = adjustmentReason(expected, stated);
  return {
    code,
    ...(unexplained > 0n ? { severity: 'review' as const } : {}),
    businessKey: [allocationName(first)],
    customerId: customerKey === '' || customerKey.startsWith('@') ? undefined : customerKey,
    accountName: [...ledger, ...records].find((row) => row.accountName !== null)?.accountName ?? undefined,
    recordId: first.number ?? undefined,
    expected,
    stated,
    reason: joined ? withJoined(reason, joined) : reason,
    candidates: [],
    left: ledger.map((row) => row.id),
    right: records.map((row) => row.id),
    bridge: { pair: 'account-adjustment', amount: unexplained },
  };
}
