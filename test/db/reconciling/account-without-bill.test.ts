import { describe, expect, test } from 'vitest';
import { addMatch } from '../../../db/manual-matches.ts';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { readKey } from '../../../electron/core/manual-match.ts';
import { openTestDb, runContext, yuan } from '../rows.ts';
import { bill, consume, deduct, M } from './account-builder.ts';
import { runTold } from './run-told.ts';

/** A month whose bill was not imported. */
function run(db: WriteDb) {
  const { findings, checks, bridge } = runTold(billAccount, runContext(db, M));
  expect(bridge).toEqual({ pair: 'bill-account', missing: ['partner-bill'] });
  expect(findings.every((f) => f.bridge === undefined)).toBe(true);
  const check = (code: string) => checks.find((c) => c.code === `account.${code}`)!;
  const brief = findings.map((f) => [f.code, f.businessKey.join('|'), f.severity, f.expected, f.stated]);
  return { findings, brief, twice: check('deducted-twice'), refunds: check('refund-not-returned'), skipped: checks.flatMap((c) => (c.skipped ? [c.code] : [])) };
} // prettier-ignore
const both = (db: WriteDb, first: string, second: string): bigint[] => [
  deduct(db, 'f1', 't1', first),
  deduct(db, 'f2', 't1', second, { traded_at: `${M}-11 08:00:00` }),
];

describe('an order deducted twice', () => {
  test('is told by the consumption; what needs the bill is skipped', () => {
    const db = openTestDb();
    const row = consume(db, 't1', '100');
    const entries = both(db, '100', '100');
    const { brief, findings, twice, skipped } = run(db);
    expect(brief).toEqual([['account.deducted-twice', 'f2', undefined, yuan('100'), yuan('200')]]);
    expect(findings[0]).toMatchObject({ customerId: 'c1', tradeId: 't1', recordId: 'f2', left: [], right: [...entries, row] });
    expect(twice).toEqual({ code: 'account.deducted-twice', compared: 1 });
    expect(skipped).toContain('account.deduction-amount');
    expect(skipped).toContain('account.deduction-without-bill');
  });

  test('after a settlement discount that only the bill knows, is to be looked at', () => {
    const db = openTestDb();
    consume(db, 't1', '100');
    both(db, '75', '75');
    expect(run(db).brief).toEqual([['account.deducted-twice', 'f2', 'review', yuan('75'), yuan('150')]]);
  });

  test('over the end of a month, by the consumption or the bill of the month before', () => {
    const db = openTestDb();
    consume(db, 't1', '100', {}, '2025-08');
    consume(db, 'x', '9');
    deduct(db, 'f1', 't1', '75', { traded_at: '2025-08-31 23:59:59' }, '2025-08');
    deduct(db, 'f2', 't1', '75', { traded_at: `${M}-01 00:00:00` });
    expect(run(db).brief).toEqual([['account.deducted-twice', 'f2', 'review', yuan('75'), yuan('150')]]);
    bill(db, 't1', '100', {}, '2025-08');
    expect(run(db).brief).toEqual([['account.deducted-twice', 'f2', undefined, yuan('75'), yuan('150')]]);
    consume(db, 't1', '100');
    expect(run(db).brief).toEqual([]);
  });

  test('is none: parts of one amount, with or without a discount; two customers, of whom a third lives from allocations; two months', () => {
    for (const [first, second] of [['50', '50'], ['40', '40'], ['60', '40'], ['75', '90']] as const) {
      const db = openTestDb();
      consume(db, 't1', '100');
      both(db, first, second);
      expect(run(db).brief, `${first} ${second}`).toEqual([]);
    } // prettier-ignore
    const shared = openTestDb();
    for (const customer_id of ['c1', 'c2', 'c3']) consume(shared, 't1', '50', { customer_id });
    both(shared, '50', '50');
    expect(run(shared).brief).toEqual([]);
    const over = openTestDb();
    consume(over, 't1', '30');
    consume(over, 't1', '30', {}, '2025-10');
    both(over, '30', '30');
    expect(run(over).brief).toEqual([]);
  });

  test('beside a refund that the account has under the original’s number', () => {
    const db = openTestDb();
    consume(db, 't1', '100');
    consume(db, 'RE1', '-40', { bill_class: 'refund', original_trade_id: 't1' });
    both(db, '100', '100');
    deduct(db, 'back', 't1', '-40');
    expect(run(db).brief).toEqual([['account.deducted-twice', 'f2', undefined, yuan('100'), yuan('200')]]);
  });

  test('a refund that comes back twice, under its own number or its original’s, whole or after a settlement discount; two refunds of one amount are none', () => {
    const back = (flow: string, trade: string, amount: string, db: WriteDb) =>
      deduct(db, flow, trade, amount, { traded_at: `${M}-20 08:00:00` });
    for (const [trade, amount] of [['t1', '-40'], ['RE1', '-40'], ['RE1', '-30']] as const) {
      const db = openTestDb();
      consume(db, 't1', '100');
      deduct(db, 'f1', 't1', '100');
      consume(db, 'RE1', '-40', { bill_class: 'refund', original_trade_id: 't1' });
      back('b1', trade, amount, db);
      expect(run(db).brief).toEqual([]);
      back('b2', trade, amount, db);
      expect(run(db).brief).toEqual([['account.deducted-twice', 'b2', 'review', yuan(amount), 2n * yuan(amount)]]);
      consume(db, 'RE2', '-40', { bill_class: 'refund', original_trade_id: 't1' });
      // Under its own number the second one is still too many.
      expect(run(db).brief.filter(([code]) => code === 'account.deducted-twice')).toHaveLength(trade === 't1' ? 0 : 1);
    } // prettier-ignore
  });

  test('one part of an order, or of a combined order by its children', () => {
    const parts = openTestDb();
    consume(parts, 't1', '100');
    both(parts, '60', '40');
    expect(run(parts).brief).toEqual([]);
    deduct(parts, 'f3', 't1', '40', { traded_at: `${M}-12 08:00:00` });
    expect(run(parts).brief).toEqual([['account.deducted-twice', 'f3', undefined, yuan('40'), yuan('80')]]);
    const combined = (paid: string) => {
      const db = openTestDb();
      const rows = (['k1', 'k2'] as const).map((child, i) => consume(db, child, i === 0 ? '60' : '40', { original_trade_id: 't1' }));
      return { db, rows, entries: both(db, paid, paid) };
    };
    const { db, rows, entries } = combined('100');
    const { brief, findings } = run(db);
    expect(brief).toEqual([['account.deducted-twice', 'f2', undefined, yuan('100'), yuan('200')]]);
    expect(findings[0]).toMatchObject({ tradeId: 't1', customerId: 'c1', right: [...entries, ...rows] });
    for (const sound of ['50', '60', '90'])
      expect(
        run(combined(sound).db).brief.filter(([, , severity]) => severity !== 'review'),
        sound,
      ).toEqual([]);
    deduct(db, 'own', 'k1', '60');
    expect(run(db).brief.filter(([, , severity]) => severity !== 'review')).toEqual([]);
    const over = openTestDb();
    for (const [child, amount] of [['k1', '60'], ['k2', '40']] as const) consume(over, child, amount, { original_trade_id: 't1' }); // prettier-ignore
    consume(over, 'x', '1', {}, '2025-08');
    deduct(over, 'fx', 'k9', '1');
    deduct(over, 'f0', 't1', '100', { traded_at: '2025-08-31 23:00:00' }, '2025-08');
    expect(run(over).brief).toEqual([]);
    deduct(over, 'f1', 't1', '100');
    expect(run(over).brief).toEqual([['account.deducted-twice', 'f1', undefined, yuan('100'), yuan('200')]]);
  });

  test('is not told of an order that nothing knows, nor of an entry that a person set apart or joined', () => {
    const db = openTestDb();
    consume(db, 'another', '1');
    both(db, '100', '100');
    expect([run(db).brief, run(db).twice]).toEqual([[], { code: 'account.deducted-twice', compared: 1 }]);
    for (const [action, ...keys] of [['split', 'f2'], ['join', 'f1', 'f2']] as const) {
      const said = openTestDb();
      consume(said, 't1', '100');
      both(said, '100', '100');
      addMatch(said, { cycle: M, pair: 'bill-account', action, keys: keys.map((k) => readKey(k)!), reason: '人工核对', by: '王芳', at: '2025-10-08 09:00:00' }); // prettier-ignore
      expect(run(said).brief, action).toEqual([]);
    } // prettier-ignore
  });

  test('needs the consumption or the bill, and order numbers', () => {
    const db = openTestDb();
    both(db, '100', '100');
    expect(run(db).twice.skipped).toBe(
      '缺 2025-09 伙伴账单明细、2025-09 消费明细 / Partner bill lines of 2025-09, Consumption details of 2025-09 not imported',
    );
    consume(db, 't1', '100');
    db.prepare('UPDATE account_statement SET trade_id = NULL').run();
    expect(run(db).twice.skipped).toContain('没有带订单号');
  });
});

describe('a refund that never came back', () => {
  const refund = (db: WriteDb, original: string | null): bigint =>
    consume(db, 'RE1', '-40', { bill_class: 'refund', original_trade_id: original, traded_at: `${M}-12 08:00:00` });
  const paid = (db: WriteDb): bigint => deduct(db, 'f1', 'o1', '100', {}, '2025-08');

  test('is told where its original was deducted from an imported account', () => {
    const db = openTestDb();
    deduct(db, 'f0', 'other', '1');
    const row = refund(db, 'o1');
    paid(db);
    const { brief, findings, refunds } = run(db);
    expect(brief).toEqual([['account.refund-not-returned', 'c1|RE1', undefined, yuan('-40'), 0n]]);
    expect([findings[0]!.left, findings[0]!.right, refunds]).toEqual([[], [row], { code: 'account.refund-not-returned', compared: 1 }]);
    deduct(db, 'back', 'RE1', '-40');
    expect([run(db).brief, run(db).refunds.compared]).toEqual([[], 1]);
  });

  test('comes back in the measure in which its original was deducted, which only the bill says exactly', () => {
    const db = openTestDb();
    deduct(db, 'f0', 'other', '1');
    refund(db, 'o1');
    consume(db, 'o1', '100', {}, '2025-08');
    paid(db);
    expect(run(db).brief).toEqual([['account.refund-not-returned', 'c1|RE1', undefined, yuan('-40'), 0n]]);
    db.prepare("UPDATE account_statement SET change_amount = ? WHERE flow_id = 'f1'").run(yuan('-75'));
    expect(run(db).brief).toEqual([['account.refund-not-returned', 'c1|RE1', 'review', yuan('-30'), 0n]]);
  });

  test('is not judged where only the bill would tell: no original that was deducted, or its day has a sum without order numbers', () => {
    for (const original of [null, 'o-of-last-year']) {
      const db = openTestDb();
      deduct(db, 'f0', 'other', '1');
      refund(db, original);
      expect([run(db).brief, run(db).refunds]).toEqual([
        [],
        {
          code: 'account.refund-not-returned',
          compared: 0,
          skipped: '缺 2025-09 伙伴账单明细 / Partner bill lines of 2025-09 not imported',
        },
      ]);
    }
    const db = openTestDb();
    deduct(db, 'sum', null, '7', { traded_at: `${M}-12 23:00:00` });
    refund(db, 'o1');
    paid(db);
    expect([run(db).brief, run(db).refunds.compared]).toEqual([[], 0]);
    db.prepare("UPDATE account_statement SET traded_at = '2025-09-13 01:00:00' WHERE flow_id = 'sum'").run();
    expect(run(db).brief).toHaveLength(1);
  });

  test('nothing is asked of a month without refunds, and without the consumption it is skipped', () => {
    const db = openTestDb();
    deduct(db, 'f0', 'other', '1');
    expect(run(db).refunds.skipped).toBe('缺 2025-09 消费明细 / Consumption details of 2025-09 not imported');
    consume(db, 'other', '1');
    expect(run(db).refunds).toEqual({ code: 'account.refund-not-returned', compared: 0 });
  });
});
