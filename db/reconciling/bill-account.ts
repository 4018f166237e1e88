import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { judgeWithoutBill } from './account-without-bill.ts';
import { firstPass, type AccountBridge, type AccountPass } from './account-pass.ts';
import { walkBalances } from './balances.ts';
import { addBillFunctions, dueSql } from './bill-lines.ts';
import { addRoleFunctions } from './consumption-role.ts';
import { inStep, type CheckReport, type Outcome, type Reconciler, type RunContext } from './context.ts';
import { judgeOrders, noOrderNumber } from './deduction-orders.ts';
import { judgeSaid } from './deductions-said.ts';
import { judgeWithoutOrder } from './deductions-without-order.ts';
import { ledgerOfMonth } from './ledger-orders.ts';
import { judgeRefunds } from './refunds-not-returned.ts';
import { inSheets } from './sheet-steps.ts';
import { judgeUnpaidBill } from './unpaid-bill.ts';

const codes = [
  'account.deducted-twice',
  'account.deduction-without-bill',
  'account.deduction-amount',
  'account.refund-not-returned',
  'account.bill-without-deduction',
] as const;

/** The bill against the partner's own accounts: what was taken stands on a bill or in the consumption, once, at its amount, refunds came back, and what was due was paid. */
export const billAccount: Reconciler = { name: 'bill-account', run };

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const walk = inStep(context, 'balances', walkBalances);
  const missing = (['partner-bill', 'account-statement'] satisfies Kind[])
    .filter((kind) => !context.has(kind, cycle))
    .map((kind) => ({ kind, cycle }));
  if (missing.length > 0) {
    const skipped = missingFiles(missing);
    const alone = context.has('account-statement', cycle) ? judgeWithoutBill(context) : undefined;
    return {
      bridge: { pair: 'bill-account', missing: missing.map((m) => m.kind) },
      findings: [...walk.findings, ...(alone?.findings ?? [])],
      checks: [walk.check, ...codes.map((code) => alone?.checks.find((c) => c.code === code) ?? { code, compared: 0, skipped })],
      ahead: alone?.ahead ?? false,
    };
  }
  addBillFunctions(context);
  addRoleFunctions(context);
  const bridge = new BridgeBuilder('bill-account', '伙伴账单应还金额', '收支明细扣款－退款', context.sink);
  addTotals(context, bridge);
  const pass = firstPass(context, bridge);
  judgeSaid(context, pass);
  judgeOrders(context, pass);
  judgeWithoutOrder(context, pass);
  const own = [judgeRefunds(context, pass), judgeUnpaidBill(context, pass), ...heldBack(pass)];
  bridge.stepOver('not-deducted', -pass.notDeducted.amount, pass.notDeducted.rows, () =>
    pass.origins.notDeducted(pass.taken, pass.notDeducted.others),
  );
  const compared = (code: (typeof codes)[number]): CheckReport =>
    own.find((check) => check.code === code) ?? (byOrder.includes(code) ? ofOrders(cycle, code, pass) : { code, compared: pass.compared });
  return {
    bridge: bridge.close(),
    findings: [...walk.findings, ...pass.findings],
    checks: [walk.check, ...codes.map(compared)],
    ahead: pass.looked.ahead,
  };
}

/** A check of what the bill does not explain did not run where only a file that is not imported could explain it. */
function heldBack({ heldBack: all }: AccountPass): CheckReport[] {
  return [...Map.groupBy(all, ({ code }) => code)].map(([code, own]) => {
    const missing = new Map(own.map(({ kind, cycle }) => [`${cycle} ${kind}`, { kind, cycle }]));
    return { code, compared: 0, skipped: missingFiles([...missing].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file)) };
  });
}

/** Only an order number tells these. */
const byOrder: readonly CheckReport['code'][] = ['account.deducted-twice', 'account.deduction-amount'];

function ofOrders(cycle: BillingCycle, code: CheckReport['code'], { named, findings }: AccountPass): CheckReport {
  if (named > 0 || findings.some((f) => f.code === code)) return { code, compared: named };
  return { code, compared: 0, skipped: noOrderNumber(cycle) };
}

function addTotals(context: RunContext, bridge: AccountBridge): void {
  const due = inSheets(context, 'due', ['partner-bill', 'b'], (ask, own) => {
    addBillFunctions(own);
    return ask<{ sum: bigint }>((from, where) => `SELECT coalesce(sum(${dueSql}), 0) AS sum FROM ${from} WHERE ${where}`);
  });
  bridge.left(due.flat().reduce((total, { sum }) => total + sum, 0n));
  const paid = inStep(context, 'paid', ({ db, cycle }) =>
    db.prepare<{ cycle: string }, bigint>(`SELECT coalesce(sum(-a.change_amount), 0) FROM ${ledgerOfMonth}`).pluck().get({ cycle }),
  );
  bridge.right(paid!);
}
