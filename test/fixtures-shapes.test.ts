import { describe, expect, it } from 'vitest';
import { audit } from './fixtures/audit.ts';
import { dailySums } from './fixtures/daily.ts';
import { generate } from './fixtures/generate.ts';
import { anonymous, coded, incomeAndExpense, inOneSheet, overlapping, positiveRefunds, without } from './fixtures/shapes.ts';

describe('other shapes of the same world', () => {
  const { tables } = generate({ seed: 8, scale: 80, months: 2 });
  const of = (kind: string): typeof tables => tables.filter((t) => t.kind === kind);

  it('hold all months in one sheet, the ledger still in one order', () => {
    const merged = inOneSheet(tables);
    expect(merged.map((t) => t.sheet)).toEqual([...new Set(tables.map((t) => t.sheet))]);
    expect(merged.reduce((n, t) => n + t.rows.length, 0)).toBe(tables.reduce((n, t) => n + t.rows.length, 0));
    expect(audit(merged).filter((g) => g.area === 'account.balance-walk')).toEqual([]);
  });

  it('overlap without splitting an order', () => {
    for (const table of of('consumption')) {
      const [first, second] = overlapping(table);
      const trades = (t: typeof table): Set<unknown> => new Set(t.rows.map((r) => r[t.header.indexOf('订单号/交易号')]));
      const both = [...trades(first)].filter((id) => trades(second).has(id));
      expect(new Set([...trades(first), ...trades(second)])).toEqual(trades(table));
      for (const id of both) {
        const count = (t: typeof table): number => t.rows.filter((r) => r.includes(id as string)).length;
        expect([count(first), count(second)]).toEqual([count(table), count(table)]);
      }
    }
  });

  it('print refunds without their sign, and nothing else below zero', () => {
    const amounts = of('partner-bill')
      .map(positiveRefunds)
      .flatMap((t) => t.rows)
      .flat()
      .filter((v) => typeof v === 'object');
    expect(amounts.every((v) => !('amount' in v) || v.amount >= 0n)).toBe(true);
  });

  it('split the ledger into income and expense, and use codes', () => {
    const [ledger] = of('account-statement');
    if (!ledger) throw new Error('no ledger');
    expect(incomeAndExpense(ledger).header).toEqual(expect.arrayContaining(['收入', '支出']));
    expect(new Set(coded(ledger).rows.map((r) => r[ledger.header.indexOf('收支类型')]))).toEqual(new Set(['1', '2']));
  });

  it('deduct a day of charges in one sum, the balance following', () => {
    const world = generate({ seed: 21, scale: 120 });
    const { tables: summed, sums } = dailySums(world.tables);
    const balance = (list: typeof tables): unknown[] =>
      list.filter((t) => t.kind === 'account-statement').map((t) => t.rows.at(-1)?.[t.header.indexOf('变更后余额')]);
    expect(sums).toBeGreaterThan(0);
    expect(audit(summed).filter((g) => g.area === 'account.balance-walk')).toEqual([]);
    expect(balance(summed)).toEqual(balance(world.tables));
  });

  it('leave out columns and order numbers', () => {
    const [bill] = of('partner-bill');
    if (!bill) throw new Error('no bill');
    expect(without(bill, '应还金额', '没有').header).toEqual(bill.header.filter((h) => h !== '应还金额'));
    const hidden = anonymous(tables, 'partner-bill').filter((t) => t.kind === 'partner-bill');
    const blank = hidden.flatMap((t) => t.rows.filter((r) => r[t.header.indexOf('订单号/交易号')] === undefined));
    expect(blank.length).toBeGreaterThan(0);
  });
});
