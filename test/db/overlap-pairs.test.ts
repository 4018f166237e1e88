import { expect, onTestFinished, test } from 'vitest';
import { openWorkspace } from './workspace.ts';

const header = '客户ID,账期,订单号,产品类型,官网价,应付金额,现金支付';

/** A line of one order: amounts as list price/due/cash, or one for all three. */
const line = (amounts: string): string => {
  const [list, due = list, cash = due] = amounts.split('/');
  return `c1,2025-09,S,ECS,${list},${due},${cash}`;
};

interface Told {
  /** What is in force of the order. */
  readonly counts: string[];
  /** Used and other amount of each row that is told. */
  readonly told: string[];
  readonly asked: number[];
}

/** Imports files of one order as they come; the file named first is the newest. */
async function imported(files: readonly (readonly string[])[], order: readonly number[], dated = true): Promise<Told> {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const asked: number[] = [];
  for (const at of order) {
    // An order of its own keeps each file from being replaced.
    const own = `c1,2025-09,T${at},ECS,1,1,1`;
    const title = dated ? [`导出时间：2025-10-${20 - at} 12:00:00`] : [];
    const file = workspace.put(`${at}.csv`, [...title, header, own, ...files[at]!.map(line)]);
    const [seen, done] = [await workspace.take(file, {}, true), await workspace.take(file)];
    expect(done.status).toBe('imported');
    expect(seen.differs).toEqual(done.differs);
    asked.push(...(done.differs ?? []).map(({ rows }) => rows));
  }
  const yuan = (column: string): string => `printf('%.2f', ${column} / 1e8)`;
  return {
    counts: workspace.rows(`SELECT ${yuan('amount_due')} FROM consumption WHERE in_force = 1 AND trade_id = 'S' ORDER BY amount_due`),
    told: workspace.rows(
      `SELECT ${yuan('kept_amount')} || ' ' || ${yuan('other_amount')} || iif(column_name = 'amount_due', '', ' ' || column_name)
         FROM overlap_conflict ORDER BY kept_amount, other_amount`,
    ),
    asked,
  };
}

/** What is told of two files, whichever comes first. */
async function told(newer: string, older: string): Promise<string[]> {
  const files = [newer.split(' '), older.split(' ')];
  const [one, two] = [await imported(files, [0, 1]), await imported(files, [1, 0])];
  expect(two).toEqual(one);
  expect(one.counts).toEqual(
    files[0]!
      .map((amounts) => Number(amounts.split('/').at(1) ?? amounts))
      .sort((a, b) => a - b)
      .map((amount) => amount.toFixed(2)),
  );
  return one.told;
}

test('rows that stand in both files are no contradiction; the row that changed is told with what it was', async () => {
  expect(await told('100 200 300', '100 200 301')).toEqual(['300.00 301.00']);
  expect(await told('301 200 100', '100 200 300')).toEqual(['301.00 300.00']);
  expect(await told('100 100 300', '100 299')).toEqual(['300.00 299.00']);
  expect(await told('2164.95 1379.64', '1389.64 2164.95')).toEqual(['1379.64 1389.64']);
});

test('of rows that changed the nearest are told together, each once', async () => {
  expect(await told('100 200 300', '305 200 90')).toEqual(['100.00 90.00', '300.00 305.00']);
  expect(await told('100 300', '500 301')).toEqual(['100.00 500.00', '300.00 301.00']);
  expect(await told('100 200 300', '301')).toEqual(['300.00 301.00']);
  expect(await told('-50 0 50', '-51 0 52')).toEqual(['-50.00 -51.00', '50.00 52.00']);
});

test('an order whose lines were all worked out anew is told line by line', async () => {
  expect(await told('100 105 110', '114.4 104 109.2')).toEqual(['100.00 104.00', '105.00 109.20', '110.00 114.40']);
});

test('a row of which only one value changed is told with that value, though another row is nearer', async () => {
  expect(await told('60/50/50 12/10/10', '61/10/10 200/50/50')).toEqual(['12.00 61.00 list_price', '60.00 200.00 list_price']);
  expect(await told('9/20/20 9/10/10', '9/20/12 9/10/11')).toEqual(['10.00 11.00 cash_amount', '20.00 12.00 cash_amount']);
});

test('more rows in the older file than changed are all told', async () => {
  expect(await told('100 300', '100 301 310 50')).toEqual(['300.00 50.00', '300.00 301.00', '300.00 310.00']);
  expect(await told('100 300', '50 90 301')).toEqual(['100.00 50.00', '100.00 90.00', '300.00 301.00']);
});

test('of three files each is compared with the newest, and what two of them say is told once', async () => {
  const files = ['100 300 500', '100 301 500', '100 501 301'].map((rows) => rows.split(' '));
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    const { counts, told: rows } = await imported(files, order);
    expect(counts).toEqual(['100.00', '300.00', '500.00']);
    expect(rows).toEqual(['300.00 301.00', '500.00 501.00']);
  }
});

test('the preview asks about as many rows as are told', async () => {
  const asked = async (newer: string, older: string): Promise<number[]> =>
    (await imported([newer.split(' '), older.split(' ')], [0, 1], false)).asked;
  expect(await asked('100 200 300', '100 200 301')).toEqual([1]);
  expect(await asked('100 200 300', '101 200 301')).toEqual([2]);
});
