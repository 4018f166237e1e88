import { describe, expect, it } from 'vitest';
import type { SheetRead } from '../../electron/importing/read-sheet.ts';
import { read, sheetOf } from './sheet.ts';

describe('an account statement', () => {
  const ledger = ['流水号', '交易时间', '交易类型', '变更金额', '变更后余额'];

  it('asks for the account where neither file nor sheet names it', async () => {
    const rows = [ledger, ['f1', '2025-09-01 00:00:00', '充值', '5', '5']];
    expect((await read(sheetOf(rows))).sheet).toMatchObject({ state: 'needs-mapping', code: 'account.missing' });
    expect((await read(sheetOf(rows, '信用账户'))).rows[0]!.account).toBe('credit');
    expect((await read(sheetOf(rows), {}, '充值账户收支明细.xlsx')).rows[0]!.account).toBe('recharge');
    expect((await read(sheetOf(rows), { account: 'credit' })).rows[0]!.account).toBe('credit');
  });

  it('takes the sign from the direction, two columns, the balance, or what such an entry usually does', async () => {
    const change = async (head: string[], ...data: string[][]): Promise<unknown[]> => {
      const found = await read(sheetOf([head, ...data], '充值账户'));
      const later = new Map((found.sheet as SheetRead).data.signs.changed.map((e) => [BigInt(e.row), e.change]));
      return found.rows.map((r) => later.get(r.row as bigint) ?? r.change_amount);
    };
    const time = '2025-09-01 00:00:00';
    const yuan = 100_000_000n;
    const directed = ['流水号', '交易时间', '交易类型', '收支类型', '变更金额', '变更后余额'];
    expect(await change(directed, ['a', time, '转账', '支出', '5', '1'], ['b', time, '转账', '收入', '5', '6'])).toEqual([
      -5n * yuan,
      5n * yuan,
    ]);
    const split = ['流水号', '交易时间', '交易类型', '收入', '支出', '余额'];
    expect(await change(split, ['a', time, '转账', '--', '5', '1'], ['b', time, '转账', '5', '', '6'])).toEqual([-5n * yuan, 5n * yuan]);
    expect(await change(ledger, ['a', time, '充值', '9', '9'], ['b', time, '转账', '4', '5'], ['c', time, '转账', '-1', '4'])).toEqual([
      9n * yuan,
      -4n * yuan,
      -yuan,
    ]);
  });

  it('names both cells of an entry with an amount on both sides, and those that are there of one with none', async () => {
    const time = '2025-09-01 00:00:00';
    const named = async (head: string[], ...data: string[][]): Promise<unknown[]> => {
      const found = await read(sheetOf([head, ...data], '充值账户'));
      expect([found.rows.length, (found.sheet as SheetRead).data.rows]).toEqual([0, data.length]);
      return found.problems.map((p) => [p.row, p.column, p.value, p.code]);
    };
    const split = ['流水号', '交易时间', '交易类型', '收入', '支出', '余额'];
    expect(await named(split, ['a', time, '充值', '5', '3.20', '9'], ['b', time, '充值', '--', '', '9'])).toEqual([
      [2, '收入', '5', 'amount.two-sided'],
      [2, '支出', '3.20', 'amount.two-sided'],
      [3, '收入', '--', 'value.missing'],
      [3, '支出', '', 'value.missing'],
    ]);
    const out = ['流水号', '交易时间', '交易类型', '支出金额', '余额'];
    expect(await named(out, ['a', time, '消费', '', '9'])).toEqual([[2, '支出金额', '', 'value.missing']]);
    expect(await named(ledger, ['a', time, '消费', '', '9'])).toEqual([[2, '变更金额', '', 'value.missing']]);
  });

  it('does not take the step of the row above where the newest entry comes first', async () => {
    const rows = [
      ['c', '2025-09-03 00:00:00', '充值', '5', '5'],
      ['b', '2025-09-02 00:00:00', '充值', '5', '0'],
      ['a', '2025-09-01 00:00:00', '消费', '9', '-5'],
    ];
    const read1 = await read(sheetOf([ledger, ...rows], '充值账户'));
    expect(read1.rows.map((r) => Number(r.change_amount) / 1e8)).toEqual([5, 5, -9]);
  });

  it('knows that a freeze may leave the balance as it is', async () => {
    const rows = [
      ['a', '2025-09-01 00:00:00', '充值', '5', '5'],
      ['b', '2025-09-02 00:00:00', '冻结', '3', '5'],
    ];
    expect((await read(sheetOf([ledger, ...rows], '充值账户'))).rows[1]!.change_amount).toBe(0n);
  });

  it('refuses an entry of which nothing tells the sign', async () => {
    const { problems } = await read(sheetOf([ledger, ['a', '2025-09-01 00:00:00', '转账', '4', '5']], '充值账户'));
    expect(problems).toMatchObject([{ row: 2, column: '变更金额', code: 'direction.unknown' }]);
  });

  it('takes the step down to the next row where the newest entry comes first', async () => {
    const rows = [
      ['d', '2025-09-04 00:00:00', '转账', '2', '3'],
      ['c', '2025-09-03 00:00:00', '调账', '4', '5'],
      ['b', '2025-09-02 00:00:00', '冻结', '3', '1'],
      ['a', '2025-09-01 00:00:00', '充值', '1', '1'],
    ];
    const found = await read(sheetOf([ledger, ...rows], '充值账户'));
    expect(found.problems).toEqual([]);
    const { signs } = (found.sheet as SheetRead).data;
    const changes = new Map(signs.changed.map((e) => [e.row, e.change]));
    expect(found.rows.map((r, i) => Number(changes.get(i + 2) ?? r.change_amount) / 1e8)).toEqual([-2, 4, 0, 1]);
  });

  /** Each entry: flow, day, type, amount, balance → its change, or undefined where it was refused. */
  const changesOf = async (...data: string[][]): Promise<(number | undefined)[]> => {
    const rows = data.map(([flow, time, ...rest]) => [flow!, time!.length < 11 ? `${time!} 00:00:00` : time!, ...rest]);
    const found = await read(sheetOf([ledger, ...rows], '充值账户'));
    const { signs, withdrawn } = (found.sheet as SheetRead).data;
    const changes = new Map(signs.changed.map((e) => [e.row, e.change]));
    const taken = new Map(found.rows.map((r) => [Number(r.row), Number(changes.get(Number(r.row)) ?? r.change_amount) / 1e8]));
    for (const row of withdrawn) taken.delete(row);
    return rows.map((_, i) => taken.get(i + 2));
  };

  it('of entries of one and the same time takes the order that the later times tell, in either direction', async () => {
    expect(
      await changesOf(
        ['d', '2025-09-04', '转账', '2', '3'],
        ['c', '2025-09-04', '调账', '2', '5'],
        ['b', '2025-09-04', '转账', '4', '7'],
        ['a', '2025-09-01', '充值', '11', '11'],
      ),
    ).toEqual([-2, -2, -4, 11]);
    expect(
      await changesOf(
        ['a', '2025-09-01', '充值', '3', '3'],
        ['b', '2025-09-01', '转账', '2', '5'],
        ['c', '2025-09-01', '调账', '2', '7'],
        ['d', '2025-09-04', '转账', '4', '3'],
      ),
    ).toEqual([3, 2, 2, -4]);
  });

  it('of a sheet of one time takes the order that all steps fit, and refuses what two orders tell differently', async () => {
    expect(
      await changesOf(
        ['c', '2025-09-01', '转账', '2', '3'],
        ['b', '2025-09-01', '调账', '5', '5'],
        ['a', '2025-09-01', '充值', '10', '10'],
      ),
    ).toEqual([-2, -5, 10]);
    // Both orders fit every step. They agree on the middle entry alone: the outer ones are steps to it in one order and unknown in the other.
    expect(
      await changesOf(['c', '2025-09-01', '转账', '2', '5'], ['b', '2025-09-01', '转账', '2', '3'], ['a', '2025-09-01', '转账', '2', '5']),
    ).toEqual([undefined, -2, undefined]);
  });

  it('takes no step over a row that was refused, and says of the oldest entry why nothing tells its sign', async () => {
    const rows = [
      ['a', '2025-09-01 00:00:00', '转账', '2', '10'],
      ['b', '2025-09-02 00:00:00', '消费', '4x', '6'],
      ['c', '2025-09-03 00:00:00', '转账', '2', '8'],
      ['d', '2025-09-04 00:00:00', '转账', '3', '5'],
    ];
    const { problems } = await read(sheetOf([ledger, ...rows], '充值账户'));
    expect(problems.map((p) => [p.row, p.code])).toEqual([
      [3, 'amount.unreadable'],
      [2, 'direction.unknown'],
      [4, 'direction.unknown'],
    ]);
    expect(problems[1]!.text.zh).toContain('最早的一笔');
    expect(problems[2]!.text.zh).not.toContain('最早的一笔');
  });

  it('takes an amount without a minus as income where others have one', async () => {
    const rows = [
      ['a', '2025-09-01 00:00:00', '调账', '4', '9'],
      ['b', '2025-09-02 00:00:00', '消费', '-2', '7'],
    ];
    const found = await read(sheetOf([ledger, ...rows], '充值账户'));
    expect(found.problems).toEqual([]);
    expect(found.rows.map((r) => Number(r.change_amount) / 1e8)).toEqual([4, -2]);
  });

  it('takes each row to the month of its time', async () => {
    const { sheet } = await read(
      sheetOf([ledger, ['a', '2025-08-31 23:59:59', '充值', '1', '1'], ['b', '2025-08-31T16:00:00Z', '充值', '1', '2']], '充值账户'),
    );
    expect(sheet.state === 'read' && [...sheet.data.cycles]).toEqual([
      ['2025-08', 1],
      ['2025-09', 1],
    ]);
  });
});
