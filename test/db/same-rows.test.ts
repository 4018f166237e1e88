import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undoImport } from '../../db/imports.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

let w: Workspace;
beforeEach(() => {
  w = openWorkspace();
});
afterEach(() => w.close());

interface Charge {
  readonly customer: number;
  readonly trade: string;
  readonly time: string;
  readonly amount: string;
}
const charges = (count: number, from = 0): Charge[] =>
  Array.from({ length: count }, (_, i) => ({
    customer: (from + i) % 3,
    trade: `T${from + i}`,
    time: `2025-07-${String((i % 28) + 1).padStart(2, '0')} 08:36:${String(10 + (i % 40))}`,
    amount: `${from + i}.25`,
  }));
const ids = ['0666aa7a0000000000000000000000a1', '0666aa7a0000000000000000000000a2', '0666aa7a0000000000000000000000a3'];

type Look = (c: Charge) => string;
const common = '账期,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,应付金额,现金支付';
const rest = ({ trade, time, amount }: Charge, shown = time): string =>
  `2025-07,代售,${trade},云主机,按需,消费-使用,${shown},${amount},${amount}`;
const looks: Readonly<Record<string, { head: string; line: Look }>> = {
  ids: { head: `客户ID,${common}`, line: (c) => `${ids[c.customer]},${rest(c)}` },
  both: { head: `客户ID,客户账号名,${common}`, line: (c) => `${ids[c.customer]},acct${c.customer},${rest(c)}` },
  names: { head: `客户账号名,${common}`, line: (c) => `acct${c.customer},${rest(c)}` },
  minutes: { head: `客户ID,${common}`, line: (c) => `${ids[c.customer]},${rest(c, c.time.slice(0, 16).replaceAll('-', '/'))}` },
  days: { head: `客户ID,${common}`, line: (c) => `${ids[c.customer]},${rest(c, c.time.slice(0, 10))}` },
  timeless: { head: `客户ID,${common}`, line: (c) => `${ids[c.customer]},${rest(c, '--')}` },
};
const put = (name: string, look: string, rows: readonly Charge[], title?: string): string =>
  w.put(name, [...(title === undefined ? [] : [title]), looks[look]!.head, ...rows.map(looks[look]!.line)]);
const inForce = (): string[] => w.rows('SELECT count(*), count(DISTINCT trade_id) FROM consumption WHERE in_force = 1');

describe('one statement exported twice in two looks', () => {
  it.each([
    [
      'ids',
      'names',
      [
        ['客户ID', 'here'],
        ['客户账号名', 'there'],
      ],
    ],
    ['both', 'names', [['客户ID', 'here']]],
    [
      'names',
      'ids',
      [
        ['客户ID', 'there'],
        ['客户账号名', 'here'],
      ],
    ],
    ['ids', 'minutes', [['客户交易时间', 'here']]],
    ['days', 'ids', [['客户交易时间', 'there']]],
    [
      'both',
      'timeless',
      [
        ['客户账号名', 'here'],
        ['客户交易时间', 'here'],
      ],
    ],
  ])('is asked about, and counts once: %s, then %s', async (first, second, differences) => {
    await w.take(put('1.csv', first, charges(40)));
    const file = put('2.csv', second, charges(40));
    const seen = await w.take(file, {}, true);
    expect(seen.differs).toMatchObject([{ path: expect.stringContaining('1.csv') as string, rows: 40 }]);
    expect(seen.differs![0]!.same!.differences.map((d) => [d.header, d.lacking])).toEqual(differences);
    expect(seen.differs![0]!.same!.reason.zh).toMatch(
      /同一报表、同一账期，行数相同（40 行），金额合计相同（790\.00）；40 行中有 40 行除「/,
    );
    expect(w.rows('SELECT count(*) FROM import')).toEqual(['1']);
    expect((await w.take(file)).differs).toHaveLength(1);
    expect(inForce()).toEqual(['40 40']);
  });

  it('counts in the file that says more, in any order, and again whole when that is undone', async () => {
    const [full, poor] = [put('full.csv', 'both', charges(12)), put('poor.csv', 'names', charges(12))];
    const sound = (): string[] => w.rows('SELECT count(*) FROM consumption WHERE in_force = 1 AND customer_id IS NOT NULL');
    const first = await w.take(poor);
    const { importId } = await w.take(full);
    expect(sound()).toEqual(['12']);
    undoImport(w.db, first.importId!, '2026-01-02 00:00:00');
    await w.take(poor);
    expect(sound()).toEqual(['12']);
    undoImport(w.db, importId!, '2026-01-02 00:00:00');
    expect(inForce()).toEqual(['12 12']);
    expect(w.rows('SELECT count(*) FROM same_rows')).toEqual(['0']);
  });

  it('is replaced or another part as the person says', async () => {
    await w.take(put('1.csv', 'ids', charges(12)));
    const file = put('2.csv', 'names', charges(12));
    const part = await w.take(file, { as: 'part' });
    expect(part.notes.map((n) => n.zh)).toEqual([expect.stringContaining('两份都计入')]);
    expect(inForce()).toEqual(['24 12']);
    undoImport(w.db, part.importId!, '2026-01-02 00:00:00');
    const replacing = await w.take(file, { as: 'replacement' });
    expect(replacing.notes.map((n) => n.zh)).toEqual([expect.stringContaining('这份取代那一份')]);
    expect(w.rows('SELECT count(*) FROM consumption WHERE in_force = 1 AND customer_id IS NULL')).toEqual(['12']);
    expect(inForce()).toEqual(['12 12']);
  });

  it('counts as often as the file that has a row most often', async () => {
    const twice = charges(10).flatMap((c, i) => (i < 3 ? [c, c] : [c]));
    await w.take(put('1.csv', 'ids', twice));
    await w.take(put('2.csv', 'names', [...charges(10), charges(10)[9]!]));
    expect(inForce()).toEqual(['14 10']);
  });

  it('is asked about where it is the first part of the other, or of another export time', async () => {
    await w.take(put('1.csv', 'ids', charges(60), '导出时间：2025-08-05 12:00:00'));
    const half = put('2.csv', 'names', charges(30), '导出时间：2025-08-09 12:00:00');
    expect((await w.take(half, {}, true)).differs).toMatchObject([{ rows: 30, same: { here: { rows: 30 }, there: { rows: 60 } } }]);
    await w.take(half);
    expect(inForce()).toEqual(['60 60']);
  });

  it('is found where nearly all rows are alike, and the others count', async () => {
    await w.take(put('1.csv', 'ids', charges(40)));
    await w.take(put('2.csv', 'names', [...charges(38), ...charges(2, 900)]));
    expect(inForce()).toEqual(['42 42']);
  });

  it('is found in a large file', async () => {
    await w.take(put('1.csv', 'both', charges(9000)));
    expect((await w.take(put('2.csv', 'minutes', charges(8000)), {}, true)).differs).toMatchObject([{ rows: 8000 }]);
  });
});

describe('two genuine parts of a statement in two looks', () => {
  it('are never asked about, and both count', async () => {
    await w.take(put('1.csv', 'ids', charges(40)));
    for (const [i, [look, rows]] of (
      [
        ['names', charges(40, 100)],
        ['minutes', charges(1, 300)],
        ['timeless', charges(3, 400)],
      ] as const
    ).entries()) {
      const file = put(`part${i}.csv`, look, rows);
      expect((await w.take(file, {}, true)).differs).toBeUndefined();
      expect((await w.take(file)).differs).toBeUndefined();
    }
    expect(inForce()).toEqual(['84 84']);
  });

  it('are not where the amounts are the same and the orders others', async () => {
    await w.take(put('1.csv', 'ids', charges(40)));
    const others = charges(40).map((c) => ({ ...c, trade: `X${c.trade}` }));
    expect((await w.take(put('2.csv', 'names', others), {}, true)).differs).toBeUndefined();
  });

  it('are not where a few rows without a number have amounts that a large file has too', async () => {
    const head = '账期,客户ID,产品类型,计费模式,账单类型,金额';
    const line = (customer: string, i: number): string => `2025-07,${customer},云主机,按需,消费,${i}.00`;
    await w.take(w.put('汇总1.csv', [head, ...Array.from({ length: 50 }, (_, i) => line(`c${i}`, i + 1))]));
    const other = w.put('汇总2.csv', [head.replace('客户ID', '客户账号名'), line('甲', 7), line('乙', 9), line('丙', 12)]);
    expect((await w.take(other, {}, true)).differs).toBeUndefined();
    const whole = w.put('汇总3.csv', [head.replace('客户ID', '客户账号名'), ...Array.from({ length: 50 }, (_, i) => line(`a${i}`, i + 1))]);
    expect((await w.take(whole, {}, true)).differs).toMatchObject([{ rows: 50 }]);
  });
});

describe('rows with a number of their own', () => {
  const flow = (i: number, customer: string): string => `F${i},2025-07-0${i} 08:00:00,拨款,支出,100.00,${1000 - i * 100}.00${customer}`;
  it('are joined by it in any look', async () => {
    const head = '收支明细流水号,交易时间,交易类型,收支类型,变更金额,变更后余额';
    await w.take(w.put('充值账户1.csv', [`${head},客户ID`, flow(1, ',c1'), flow(2, ',c2'), flow(3, ',c3')]));
    const second = await w.take(w.put('充值账户2.csv', [head, flow(1, ''), flow(2, ''), flow(3, '')]));
    expect(second.differs).toBeUndefined();
    expect(w.rows('SELECT count(*) FROM account_statement WHERE in_force = 1')).toEqual(['3']);
  });
});
