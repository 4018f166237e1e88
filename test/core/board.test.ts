import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardRow, stageTotals } from '../../electron/core/board.ts';
import { entryKinds, type Entry, type EntryKind } from '../../electron/core/request-entry.ts';
import { overlay, type RequestFields } from '../../electron/core/request.ts';
import { stageOf, stages, type StageFacts } from '../../electron/core/stage.ts';
import { addDays } from '../../electron/core/month.ts';
import { yuan } from '../db/rows.ts';

const on = (kind: EntryKind, date: string, change: Partial<Entry> = {}): Omit<Entry, 'id' | 'place'> => ({
  requestId: 'SF1',
  kind,
  on: date,
  typedAt: `${date} 18:00:00`,
  ...change,
});

interface Given {
  readonly fields?: Partial<RequestFields>;
  readonly seen?: readonly (readonly [status: string, asOf: string])[];
  readonly invoices?: readonly (readonly [total: string, date: string])[];
  readonly entries?: readonly Omit<Entry, 'id' | 'place'>[];
}

/** The status in force is the last one seen. */
function facts({ fields = {}, seen = [], invoices = [], entries = [] }: Given): StageFacts {
  return {
    request: overlay('SF1', { billingCycle: '2025-09', amount: yuan('100'), status: seen.at(-1)?.[0] ?? '', ...fields }, {}),
    statusSeen: seen.map(([status, asOf]) => ({ status, asOf, dated: true })),
    invoiced: invoices.reduce((sum, [total]) => sum + yuan(total), 0n),
    invoiceDates: invoices.map(([, date]) => date),
    entries: entries.map((entry, index) => ({ ...entry, id: index + 1, place: index + 1 })),
  };
}
const full = [['100', '2025-10-05']] as const;
const mailed = on('mailed', '2025-10-08');
const received = on('received', '2025-10-10');
const rejected = on('rejected', '2025-10-12', { note: '税号有误' });
const paid = (date: string, amount: string): Omit<Entry, 'id' | 'place'> => on('payment', date, { amount: yuan(amount) });

describe('the stage of a request', () => {
  it.each<[string, Given, string, string | undefined, string]>([
    ['nothing is known', {}, 'toInvoice', undefined, 'assumed'],
    ['the vendor waits for its submission', { seen: [['待提交申请', '2025-10-01 09:00:00']] }, 'toSubmit', '2025-10-01', 'status'],
    ['a status that no list has', { seen: [['奇怪的状态', '2025-10-01']], fields: { appliedAt: '2025-09-30' } }, 'toInvoice', '2025-09-30', 'assumed'],
    ['a status seen twice counts from the first look', { seen: [['申请处理中', '2025-10-01'], ['待伙伴开票', '2025-10-03'], ['待伙伴开票', '2025-10-09']] }, 'toInvoice', '2025-10-03', 'status'],
    ['a first status stands since the request was made', { seen: [['待伙伴开票', '2025-10-20']], fields: { appliedAt: '2025-10-02 10:00:00' } }, 'toInvoice', '2025-10-02', 'status'],
    ['invoices do not add up yet', { seen: [['待伙伴开票', '2025-10-03']], invoices: [['60', '2025-10-05']] }, 'toInvoice', '2025-10-03', 'status'],
    ['invoices add up', { seen: [['待伙伴开票', '2025-10-03']], invoices: full }, 'invoiced', '2025-10-05', 'invoices'],
    ['we mailed, the vendor has not noticed', { seen: [['待伙伴开票', '2025-10-20']], invoices: full, entries: [mailed] }, 'sent', '2025-10-08', 'entries'],
    ['the vendor reviews what we only mailed', { seen: [['审核中', '2025-10-20']], invoices: full, entries: [mailed] }, 'underReview', '2025-10-20', 'status'],
    ['received', { invoices: full, entries: [mailed, received] }, 'underReview', '2025-10-10', 'entries'],
    ['rejected by letter', { seen: [['审核中', '2025-10-11']], entries: [mailed, received, rejected] }, 'rejected', '2025-10-12', 'entries'],
    ['rejected by letter, resent', { seen: [['审核中', '2025-10-11']], entries: [mailed, received, rejected, on('mailed', '2025-10-14')] }, 'sent', '2025-10-14', 'entries'],
    ['rejected by letter, resent, and under review again', { seen: [['审核中', '2025-10-11'], ['审核中', '2025-10-20']], entries: [mailed, received, rejected, on('mailed', '2025-10-14')] }, 'underReview', '2025-10-20', 'status'],
    ['rejected by letter, and the vendor went on', { seen: [['支付中', '2025-10-20']], entries: [mailed, received, rejected] }, 'paying', '2025-10-20', 'status'],
    ['rejected on the portal', { seen: [['审核中', '2025-10-11'], ['驳回', '2025-10-13']], entries: [mailed, received] }, 'rejected', '2025-10-13', 'status'],
    ['rejected on the portal, resent the same day', { seen: [['驳回', '2025-10-13 10:00:00']], entries: [mailed, received, on('mailed', '2025-10-13')] }, 'sent', '2025-10-13', 'entries'],
    ['rejected on the portal, resent, which has not noticed yet', { seen: [['驳回', '2025-10-13'], ['驳回', '2025-10-20']], entries: [mailed, received, on('mailed', '2025-10-14')] }, 'sent', '2025-10-14', 'entries'],
    ['rejected by letter and then on the portal: one rejection', { seen: [['审核中', '2025-10-11'], ['驳回', '2025-10-16']], entries: [mailed, received, rejected, on('mailed', '2025-10-14')] }, 'sent', '2025-10-14', 'entries'],
    ['rejected twice on the portal', { seen: [['驳回', '2025-10-13'], ['审核中', '2025-10-16'], ['驳回', '2025-10-20']], entries: [mailed, on('mailed', '2025-10-14')] }, 'rejected', '2025-10-20', 'status'],
    ['passed', { entries: [mailed, received, on('passed', '2025-10-15')] }, 'paying', '2025-10-15', 'entries'],
    ['paid in part', { seen: [['支付中', '2025-10-18']], entries: [paid('2025-10-20', '99.99')] }, 'paying', '2025-10-18', 'status'],
    ['paid in full', { seen: [['审核中', '2025-10-18']], entries: [paid('2025-10-20', '99.99'), paid('2025-10-22', '0.01')] }, 'paid', '2025-10-22', 'entries'],
    ['completed by the vendor’s word', { seen: [['已完成', '2025-10-25']] }, 'paid', '2025-10-25', 'status'],
    ['no invoice is needed', { fields: { payoutMode: '转代金券额度' }, seen: [['支付中', '2025-10-02']] }, 'ended', undefined, 'payoutMode'],
    ['no invoice is needed, and one is there', { fields: { payoutMode: '记欠票' }, invoices: full }, 'invoiced', '2025-10-05', 'invoices'],
    ['taken back', { seen: [['待伙伴开票', '2025-10-02']], entries: [mailed, on('recalled', '2025-10-09')] }, 'ended', '2025-10-09', 'entries'],
    ['a negative request, invoiced', { fields: { amount: yuan('-50') }, invoices: [['-50', '2025-10-05']] }, 'invoiced', '2025-10-05', 'invoices'],
  ])('%s', (_, given, stage, since, decidedBy) => {
    expect(stageOf(facts(given))).toMatchObject({ stage, decidedBy, ...(since !== undefined && { since }) });
  }); // prettier-ignore

  it('tells where the vendor says completed and the money entered is not that', () => {
    const seen = [['已完成', '2025-10-25']] as const;
    expect(stageOf(facts({ seen })).notes[0]?.zh).toContain('还没有录入到账');
    expect(stageOf(facts({ seen, entries: [paid('2025-10-20', '60')] })).notes[0]?.zh).toContain('60.00');
    expect(stageOf(facts({ seen, entries: [paid('2025-10-20', '100')] })).notes).toEqual([]);
  });
});

describe('the board', () => {
  it('counts days, and tells what is overdue from the day after the promise', () => {
    const given = { invoices: full, entries: [mailed, received] };
    expect(boardRow(facts(given), 15, '2025-10-25')).toMatchObject({ ageDays: 15, promise: '2025-10-25', overdue: false });
    expect(boardRow(facts(given), 15, '2025-10-26')).toMatchObject({ overdue: true });
    expect(boardRow(facts({ ...given, entries: [mailed, received, paid('2025-10-30', '100')] }), 15, '2025-11-30')).toMatchObject({
      stage: 'paid',
      overdue: false,
    });
    expect(boardRow(facts({ entries: [mailed] }), 15, '2025-12-30').promise).toBeUndefined();
  });

  const date = fc.integer({ min: 0, max: 90 }).map((days) => addDays('2025-09-01', days));
  const amount = fc.bigInt({ min: -20_000n, max: 20_000n }).map((cents) => cents * 1_000_000n);
  const status = fc.constantFrom('', '待提交申请', '申请处理中', '待伙伴开票', '审核中', '驳回', '支付中', '已完成', '已撤回', '别的');
  const entry = fc.record({ kind: fc.constantFrom(...entryKinds), on: date, amount, complete: fc.boolean() });
  const anything = fc.record({
    amount,
    currency: fc.constantFrom('CNY', 'USD'),
    payoutMode: fc.constantFrom('', '银行转账付款', '记欠票', '转代金券额度'),
    seen: fc.array(fc.tuple(status, date), { maxLength: 3 }),
    invoices: fc.array(fc.tuple(amount, date), { maxLength: 3 }),
    entries: fc.array(entry, { maxLength: 8 }),
  });

  it('has each request in exactly one stage, and totals that add up to all of them', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 12 }), date, (many, today) => {
        const rows = many.map(({ seen, invoices, entries, ...fields }, index) => {
          const base = facts({ fields, seen, entries: entries.map((e) => on(e.kind, e.on, e)) });
          const invoiced = invoices.reduce((sum, [total]) => sum + total, 0n);
          const request = { ...base.request, requestId: `SF${index}` };
          return boardRow({ ...base, request, invoiced, invoiceDates: invoices.map(([, day]) => day) }, 15, today);
        });
        const totals = stageTotals(rows);
        expect(totals.map(({ stage }) => stage)).toEqual(stages);
        expect(totals.reduce((n, { count }) => n + count, 0)).toBe(rows.length);
        for (const { stage, count } of totals) expect(rows.filter((row) => row.stage === stage)).toHaveLength(count);
        for (const currency of ['CNY', 'USD']) {
          const own = rows.filter((row) => row.request.currency === currency);
          const sums = totals.flatMap((one) => one.totals.filter((total) => total.currency === currency));
          const add = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
          expect(add(sums.map((s) => s.requested))).toBe(add(own.map((row) => row.request.amount)));
          expect(add(sums.map((s) => s.invoiced))).toBe(add(own.map((row) => row.invoiced)));
          expect(add(sums.map((s) => s.received))).toBe(add(own.map((row) => row.received)));
        }
        for (const row of rows) {
          expect(row.ageDays ?? 0).toBeGreaterThanOrEqual(0);
          expect(row.overdue && row.stage === 'paid').toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });
});
