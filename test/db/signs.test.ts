import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from './workspace.ts';

let w: Workspace;
beforeEach(() => {
  w = openWorkspace();
});
afterEach(() => w.close());

const summary = '账期,客户ID,产品类型,计费模式,账单类型,金额,现金支付,欠费核销金额';
const cell = (type: string, amount: string, cash: string, writtenOff: string): string =>
  `2025-07,c1,云主机,按需,${type},${amount},${cash},${writtenOff}`;
const cells = (): string[] =>
  w.rows(
    'SELECT bill_class, amount_due / 100000000, cash_amount / 100000000, write_off_amount / 100000000 FROM consumption_summary ORDER BY id',
  );

describe('write-offs of a consumption summary', () => {
  it('printed positive throughout are negated and told; refunds beside them are judged by themselves', async () => {
    const done = await w.take(
      w.put('消费汇总.csv', [
        summary,
        cell('消费', '100', '100', '0'),
        cell('退款', '-30', '-30', '0'),
        cell('核销', '20', '0', '20'),
        cell('欠费核销', '5', '0', '5'),
      ]),
    );
    expect(cells()).toEqual(['consumption 100 100 0', 'refund -30 -30 0', 'writeOff -20 0 -20', 'writeOff -5 0 -5']);
    expect(done.notes.map((n) => n.zh)).toEqual(['文件里的核销全部写成正数，已将这 2 行的金额改为负数。']);
  });

  it('stay where they are negative; of both signs, the positive ones are refused', async () => {
    const done = await w.take(w.put('消费汇总.csv', [summary, cell('核销', '-20', '0', '-20'), cell('2', '5', '0', '5')]));
    expect(cells()).toEqual(['writeOff -20 0 -20']);
    expect(done.sheets[0]!.problems.map((p) => [p.row, p.column, p.code])).toEqual([[3, '金额', 'write-off.sign']]);
  });
});

describe('a refund of which nothing is due', () => {
  const head = '账期,客户ID,订单号,产品类型,账单类型,官网价,优惠金额,应付金额,代金券抵扣,现金支付';
  const line = (order: string, type: string, ...amounts: string[]): string => `2025-07,c1,${order},云主机,${type},${amounts.join(',')}`;
  const rows = (): string[] =>
    w.rows(
      'SELECT trade_id, list_price / 100000000, discount_amount / 100000000, amount_due / 100000000, coupon_amount / 100000000, cash_amount / 100000000 FROM consumption ORDER BY id',
    );

  it('is turned with the refunds that are printed positive', async () => {
    const done = await w.take(
      w.put('a.csv', [
        head,
        line('A', '消费-新购', '50', '0', '50', '50', '0'),
        line('B', '退款-退订', '20', '0', '20', '0', '20'),
        line('C', '退款-退订', '30', '0', '0', '30', '0'),
        line('D', '退款-退订', '0', '0', '0', '0', '0'),
      ]),
    );
    expect(rows()).toEqual(['A 50 0 50 50 0', 'B -20 0 -20 0 -20', 'C -30 0 0 -30 0', 'D 0 0 0 0 0']);
    expect(done.notes.map((n) => n.zh)).toEqual(['文件里的退款全部写成正数，已将这 2 行的金额改为负数。']);
  });

  it('is turned too where it is the only one, and left where the others are negative or its parts are of both signs', async () => {
    await w.take(w.put('a.csv', [head, line('C', '退款-退订', '30', '0', '0', '30', '0')]));
    await w.take(
      w.put('b.csv', [head, line('E', '退款-退订', '-20', '0', '-20', '0', '-20'), line('F', '退款-退订', '30', '0', '0', '30', '0')]),
    );
    await w.take(
      w.put('c.csv', [head, line('G', '退款-退订', '20', '0', '20', '0', '20'), line('H', '退款-退订', '0', '0', '0', '30', '-30')]),
    );
    expect(rows()).toEqual(['C -30 0 0 -30 0', 'E -20 0 -20 0 -20', 'F 30 0 0 30 0', 'G -20 0 -20 0 -20', 'H 0 0 0 30 -30']);
  });
});
