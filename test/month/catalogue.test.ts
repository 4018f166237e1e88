import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { checkCodes, checks, type CheckCode } from '../../electron/core/checks.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { undoOneImport } from '../../electron/jobs/undo.ts';
import { codeOf, injectableCodes } from '../fixtures/errors/inject.ts';
import { generate, type World } from '../fixtures/generate.ts';
import { writeTables } from '../fixtures/write.ts';
import { importCleanly, openWorkspace, type MonthResult, type Workspace } from './harness.ts';
import { enterInputs } from './inputs.ts';

/**
 * The catalogue as it was agreed, copied by hand: its severity, and the files without which a check cannot run. A code that is not here, or says
 * something else, fails; so does one that passes although one of its files is not there. `!`: what a person types.
 */
const catalogue: Readonly<Record<string, readonly [severity: string, ...needs: (Kind | '!')[]]>> = {
  'row.payment-parts': ['review', 'consumption'],
  'row.list-price': ['review', 'consumption'],
  'file.control-total': ['review'],
  'file.overlap-conflict': ['review'],
  'bill.total': ['dispute', 'bill-summary', 'partner-bill'],
  'bill.line-without-consumption': ['dispute', 'partner-bill', 'consumption'],
  'bill.consumption-without-line': ['review', 'partner-bill', 'consumption'],
  'bill.amount': ['dispute', 'partner-bill', 'consumption'],
  'bill.settlement': ['dispute', 'partner-bill'],
  'bill.duplicate': ['dispute', 'partner-bill', 'consumption'],
  'bill.cycle': ['dispute', 'partner-bill', 'consumption'],
  'consumption.summary': ['review', 'consumption-summary', 'consumption'],
  'account.balance-walk': ['dispute', 'account-statement'],
  'account.deduction-without-bill': ['dispute', 'partner-bill', 'account-statement'],
  'account.bill-without-deduction': ['review', 'partner-bill', 'account-statement', '!'],
  'account.deducted-twice': ['dispute', 'account-statement'],
  'account.deduction-amount': ['dispute', 'partner-bill', 'account-statement'],
  'account.refund-not-returned': ['dispute', 'consumption', 'account-statement'],
  'account.adjustment': ['dispute', 'account-statement', 'adjustment'],
  'performance.missing': ['dispute', 'consumption', 'performance'],
  'performance.without-consumption': ['review', 'consumption', 'performance'],
  'performance.too-low': ['dispute', 'consumption', 'performance'],
  'performance.too-high': ['review', 'consumption', 'performance'],
  'performance.cycle': ['dispute', 'consumption', 'performance'],
  'performance.stored-value-card': ['dispute', 'consumption', 'performance'],
  'performance.policy': ['dispute', 'consumption', 'performance', 'product-policy'],
  'performance.manager': ['dispute', 'performance', 'manager-history'],
  'performance.reseller': ['dispute', 'performance', 'association-history'],
  'performance.refund-not-reversed': ['review', 'consumption', 'performance'],
  'performance.refund-over-reversed': ['dispute', 'consumption', 'performance'],
  'performance.duplicate': ['review', 'consumption', 'performance'],
  'performance.summary': ['dispute', 'performance-summary', 'performance'],
  'performance.changed': ['review', 'performance'],
  'performance.new-customer': ['dispute', 'performance', 'customer'],
  'incentive.rate': ['dispute', 'performance', 'incentive', 'policy'],
  'incentive.tier': ['dispute', 'performance', 'incentive', 'policy'],
  'incentive.base': ['dispute', 'performance', 'incentive'],
  'incentive.amount': ['dispute', 'performance', 'incentive'],
  'incentive.missing': ['review', 'performance', 'incentive', 'policy'],
  'incentive.no-rate': ['review', 'performance', 'incentive', 'policy'],
  'incentive.summary': ['dispute', 'incentive-summary', 'incentive'],
  'incentive.negative': ['dispute', 'performance', 'incentive'],
  'incentive.tax': ['dispute', 'payment-request'],
  'incentive.frozen': ['dispute', 'incentive-summary', 'consumption'],
  'incentive.deadline': ['review', '!'],
  'invoice.sum': ['fix', 'payment-request', '!'],
  'invoice.kind': ['fix', 'payment-request', '!'],
  'invoice.buyer': ['fix', 'payment-request', '!'],
  'invoice.seller': ['fix', 'payment-request', '!'],
  'invoice.rate': ['fix', 'payment-request', '!'],
  'invoice.currency': ['fix', 'payment-request', '!'],
  'invoice.arithmetic': ['review', 'payment-request', '!'],
  'invoice.number': ['fix', 'payment-request', '!'],
  'invoice.shared': ['fix', 'payment-request', '!'],
  'invoice.remark': ['review', 'payment-request', '!'],
  'invoice.date': ['review', 'payment-request', '!'],
  'payment.amount': ['dispute', 'payment-request', '!'],
  'payment.late': ['review', 'payment-request', '!'],
};
const codes = Object.keys(catalogue) as CheckCode[];
const needs = (code: CheckCode): readonly string[] => catalogue[code]!.slice(1);
const needed = [...new Set(codes.flatMap((code) => needs(code)))].filter((kind) => kind !== '!') as Kind[];

describe('the catalogue', () => {
  it('is what was agreed, code by code, and every code can be put into a generated month', () => {
    expect(Object.fromEntries(checkCodes.map((code) => [code, checks[code].severity]))).toEqual(
      Object.fromEntries(codes.map((code) => [code, catalogue[code]![0]])),
    );
    expect([...new Set(injectableCodes.map(codeOf))].sort()).toEqual([...codes].sort());
  });
});

describe('a check without its input', () => {
  const month = '2025-08';
  const world: World = generate({ seed: 5, scale: 60 });
  let whole: MonthResult;
  /** The whole world in a workspace of its own, without the files of one kind; nothing is typed where told so. */
  const open = async (without: string | undefined): Promise<Workspace> => {
    const workspace = openWorkspace();
    onTestFinished(() => workspace.remove());
    const tables = world.tables.filter((t) => t.kind !== without && (t.size ?? t.rows.length) > 0);
    await importCleanly(workspace, await writeTables(path.join(workspace.folder, 'exports'), tables, { format: 'csv', totals: true }));
    // Invoices and payments need the request that they are for.
    const typed = without === 'payment-request' ? { ...world, invoices: [], payments: [] } : world;
    if (without !== '!') await enterInputs(workspace.db, workspace.folder, typed);
    return workspace;
  };
  const saying = (result: MonthResult, said: (check: MonthResult['checks'][number]) => boolean): string[] =>
    result.checks.filter(said).map((check) => check.code);

  beforeAll(async () => {
    const workspace = openWorkspace();
    try {
      const files = await writeTables(path.join(workspace.folder, 'exports'), world.tables, { format: 'csv', totals: true });
      await importCleanly(workspace, files);
      await enterInputs(workspace.db, workspace.folder, world);
      whole = workspace.reconcile(month);
    } finally {
      workspace.remove();
    }
  });

  it('reports every code once, and none that compared nothing as run', () => {
    expect(whole.checks.map((c) => c.code)).toEqual(checkCodes);
    expect(saying(whole, (c) => c.compared === 0 && c.skipped === undefined)).toEqual([]);
  });

  it.each([...needed, '!'])('says so without %s', async (kind) => {
    const workspace = await open(kind);
    const result = workspace.reconcile(month);
    expect(result.checks.map((c) => c.code)).toEqual(checkCodes);
    expect(saying(result, (c) => c.compared === 0 && c.skipped === undefined)).toEqual([]);
    const own = codes.filter((code) => needs(code).includes(kind));
    expect(own.filter((code) => result.checks.find((c) => c.code === code)!.skipped === undefined)).toEqual([]);
    // What it has to do with the file is the reason, and nothing else stops running for it.
    const stopped = saying(result, (c) => c.skipped !== undefined).filter(
      (code) => !saying(whole, (c) => c.skipped !== undefined).includes(code),
    );
    expect(stopped.filter((code) => !needs(code as CheckCode).includes(kind))).toEqual([]);
  });

  it('runs again when the file is back', async () => {
    const workspace = openWorkspace();
    onTestFinished(() => workspace.remove());
    const files = await writeTables(path.join(workspace.folder, 'exports'), world.tables, { format: 'csv', totals: true });
    const ids = await importCleanly(workspace, files);
    await enterInputs(workspace.db, workspace.folder, world);
    const bill = files.find((file) => file.includes('伙伴账单明细') && file.includes(month))!;
    undoOneImport(workspace.db, ids.get(bill)!, '2026-01-11 09:00:00');
    expect(saying(workspace.reconcile(month), (c) => c.skipped !== undefined)).toContain('bill.amount');
    await importCleanly(workspace, [bill]);
    expect(JSON.stringify(workspace.reconcile(month))).toBe(JSON.stringify(whole));
  });
});
