import { describe, expect, test } from 'vitest';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, run } from './bill-builder.ts';

describe('what does not', () => {
  test('each side alone, at its exact amount and severity', () => {
    const db = openTestDb();
    const line = bill(db, 'b1', '12');
    const row = consume(db, 'm1', '3.5');
    consume(db, 'b2', '5', { association_type: 'referral' });
    bill(db, 'b2', '5');
    const { findings, brief, bridge } = run(db);
    expect(brief).toEqual([
      ['bill.line-without-consumption', 'c1|b1', 0n, yuan('12')],
      ['bill.line-without-consumption', 'c1|b2', 0n, yuan('5')],
      ['bill.consumption-without-line', 'c1|m1', yuan('3.5'), 0n],
    ]);
    expect(findings.map((f) => f.severity)).toEqual([undefined, undefined, 'review']);
    expect(findings[0]).toMatchObject({
      customerId: 'c1',
      accountName: 'acme',
      tradeId: 'b1',
      productType: '云主机',
      left: [line],
      right: [],
    });
    expect(findings[2]).toMatchObject({ left: [], right: [row] });
    expect(bridge.unexplained).toBe(yuan('-12') - yuan('5') + yuan('3.5'));
  });

  test('an adjustment and a re-charged fraction stay in their steps beside what is wrong of the order', () => {
    const db = openTestDb();
    const adjustment = { bill_class: 'adjustment' };
    const fraction = { bill_type: 25n };
    bill(db, 'less', '-4', adjustment);
    consume(db, 'less', '100');
    bill(db, 'more', '130');
    bill(db, 'more', '-4', adjustment);
    consume(db, 'more', '100');
    consume(db, 'more', '0.5', fraction);
    bill(db, 'none', '100');
    bill(db, 'none', '-4', adjustment);
    consume(db, 'none', '0.5', fraction);
    const { brief, step, findings } = run(db);
    expect(brief).toEqual([
      ['bill.consumption-without-line', 'c1|less', yuan('100'), 0n],
      ['bill.amount', 'c1|more', yuan('100'), yuan('130')],
      ['bill.line-without-consumption', 'c1|none', 0n, yuan('100')],
    ]);
    expect([step('adjustment'), step('precision-adjustment')]).toEqual([yuan('12'), yuan('1')]);
    expect(findings[1]!.reason.zh).toContain('账单 1 行客户消费金额合计 130.00');
  });

  test('an adjustment or a re-charged fraction that both statements have is part of the order', () => {
    const db = openTestDb();
    for (const kind of [{ bill_class: 'adjustment' }, { bill_type: 25n }]) {
      const trade = Object.keys(kind).join();
      bill(db, trade, '130');
      bill(db, trade, '-4', kind);
      consume(db, trade, '100');
      consume(db, trade, '-4', kind);
    }
    const { brief, step } = run(db);
    expect(brief).toEqual(['bill_class', 'bill_type'].map((trade) => ['bill.amount', `c1|${trade}`, yuan('96'), yuan('126')]));
    expect([step('adjustment'), step('precision-adjustment')]).toEqual([0n, 0n]);
  });

  test('a settlement that is not amount × rate, in settlement amount; one printed unit is tolerated', () => {
    const db = openTestDb();
    bill(db, 't1', '100', { settlement_amount: yuan('80'), settlement_scale: 2n });
    consume(db, 't1', '100');
    bill(db, 't2', '0.33', { settlement_amount: yuan('0.25'), settlement_scale: 2n });
    consume(db, 't2', '0.33');
    bill(db, 't3', '100', { settlement_amount: yuan('70'), settlement_scale: 2n });
    consume(db, 't3', '100');
    const { findings, brief, step } = run(db);
    expect(brief).toEqual([
      ['bill.settlement', 'c1|t1', yuan('75'), yuan('80')],
      ['bill.settlement', 'c1|t3', yuan('75'), yuan('70')],
    ]);
    expect(findings.map((f) => f.severity)).toEqual([undefined, 'review']);
    expect(findings.map((f) => f.bridge?.amount)).toEqual([yuan('-5'), yuan('5')]);
    expect(step('settlement-discount')).toBe(yuan('50.08'));
  });

  test('an overcharge is told beside a wrong settlement; of a customer amount that alone is misprinted the settlement tells', () => {
    const db = openTestDb();
    bill(db, 'both', '1100', { settlement_amount: yuan('824.98'), settlement_scale: 2n });
    consume(db, 'both', '100');
    bill(db, 'misprint', '110', { settlement_amount: yuan('75'), settlement_scale: 2n });
    consume(db, 'misprint', '100');
    const { findings } = run(db);
    expect(findings.map((f) => [f.code, f.severity, f.tradeId, f.expected, f.stated, f.bridge?.amount])).toEqual([
      ['bill.settlement', 'review', 'both', yuan('825'), yuan('824.98'), yuan('0.02')],
      ['bill.amount', undefined, 'both', yuan('100'), yuan('1100'), yuan('-1000')],
      ['bill.settlement', 'review', 'misprint', yuan('82.5'), yuan('75'), yuan('-2.5')],
    ]);
  });

  test('a due that is not settlement − coupon + tax is a fault of the row', () => {
    const db = openTestDb();
    bill(db, 't1', '100', { coupon_amount: yuan('5'), amount_due: yuan('71') });
    consume(db, 't1', '100');
    expect(run(db).brief).toEqual([['row.payment-parts', 'c1|t1', yuan('70'), yuan('71')]]);
  });

  test('identical lines more often than consumed are a duplicate; identical consumption is not', () => {
    const db = openTestDb();
    for (let i = 0; i < 3; i++) bill(db, 't1', '4');
    for (let i = 0; i < 2; i++) consume(db, 't1', '4');
    for (let i = 0; i < 2; i++) bill(db, 't2', '4');
    for (let i = 0; i < 2; i++) consume(db, 't2', '4');
    expect(run(db).brief).toEqual([['bill.duplicate', 'c1|t1', yuan('8'), yuan('12')]]);
  });

  test('an order of which every line stands twice is charged twice', () => {
    const db = openTestDb();
    for (const amount of ['10', '5', '10', '5']) bill(db, 't1', amount);
    for (const amount of ['10', '5']) consume(db, 't1', amount);
    const { brief, findings } = run(db);
    expect(brief).toEqual([['bill.duplicate', 'c1|t1', yuan('15'), yuan('30')]]);
    expect(findings[0]?.reason.zh).toContain('有 2 行与另一行完全相同（合计 15.00）');
  });

  test('a line charged twice is a duplicate also beside truncation that nobody knows, or a wrong amount', () => {
    const db = openTestDb();
    for (let i = 0; i < 2; i++) bill(db, 't1', '100');
    consume(db, 't1', '100.00346751', { truncated_amount: null });
    for (let i = 0; i < 2; i++) bill(db, 't2', '210');
    consume(db, 't2', '200');
    for (let i = 0; i < 2; i++) bill(db, 't3', '210');
    consume(db, 't3', '210');
    consume(db, 't3', '200');
    expect(run(db).brief).toEqual([
      ['bill.duplicate', 'c1|t1', yuan('100.00346751'), yuan('200')],
      ['bill.duplicate', 'c1|t2', yuan('200'), yuan('420')],
      ['bill.amount', 'c1|t3', yuan('410'), yuan('420')],
    ]);
  });

  test('settlement faults of one order in both directions are told apart, though they come to nothing together', () => {
    const db = openTestDb();
    for (const [trade, over, under] of [
      ['net', '160', '65'],
      ['part', '160', '68'],
      ['twice', '160', '85'],
    ] as const) {
      bill(db, trade, '200', { settlement_amount: yuan(over), settlement_scale: 2n });
      bill(db, trade, '100', { settlement_amount: yuan(under), settlement_scale: 2n });
      consume(db, trade, '200');
      consume(db, trade, '100');
    }
    const { findings } = run(db);
    expect(findings.map((f) => [f.code, f.severity, f.tradeId, f.expected, f.stated, f.bridge?.amount])).toEqual([
      ['bill.settlement', undefined, 'net', yuan('150'), yuan('160'), yuan('-10')],
      ['bill.settlement', 'review', 'net', yuan('75'), yuan('65'), yuan('10')],
      ['bill.settlement', undefined, 'part', yuan('150'), yuan('160'), yuan('-10')],
      ['bill.settlement', 'review', 'part', yuan('75'), yuan('68'), yuan('7')],
      ['bill.settlement', undefined, 'twice', yuan('225'), yuan('245'), yuan('-20')],
    ]);
  });

  test('a wrong settlement is told beside any other fault of its order, each at its own amount', () => {
    const db = openTestDb();
    bill(db, 'lone', '100', { settlement_amount: yuan('90') });
    consume(db, 'z', '1', { customer_id: 'c2' });
    bill(db, 'z', '1', { customer_id: 'c2' });
    for (let i = 0; i < 2; i++) bill(db, 'dup', '200', { settlement_amount: yuan('160') });
    consume(db, 'dup', '200');
    bill(db, 'less', '200', { settlement_amount: yuan('160') });
    consume(db, 'less', '201');
    // Of two lines one customer amount is misprinted: what that line settles is right for what was consumed.
    bill(db, 'print', '90', { settlement_amount: yuan('75') });
    bill(db, 'print', '40');
    consume(db, 'print', '140');
    const { findings } = run(db);
    expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated, f.bridge?.amount])).toEqual([
      ['bill.settlement', 'dup', yuan('300'), yuan('320'), yuan('-20')],
      ['bill.duplicate', 'dup', yuan('200'), yuan('400'), yuan('-200')],
      ['bill.settlement', 'less', yuan('150'), yuan('160'), yuan('-10')],
      ['bill.amount', 'less', yuan('201'), yuan('200'), yuan('1')],
      ['bill.settlement', 'lone', yuan('75'), yuan('90'), yuan('-15')],
      ['bill.line-without-consumption', 'lone', 0n, yuan('100'), yuan('-100')],
      ['bill.settlement', 'print', yuan('67.5'), yuan('75'), yuan('2.5')],
    ]);
  });
});
