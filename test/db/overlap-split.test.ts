import { expect, onTestFinished, test } from 'vitest';
import { openWorkspace, type Workspace } from './workspace.ts';

const header = '客户ID,账期,订单号,产品类型,应付金额';
const line = (order: string, amount: string, customer = 'c1'): string => `${customer},2025-09,${order},ECS,${amount}`;
const many = (from: number, count = 12): string[] => Array.from({ length: count }, (_, i) => line(`T${from + i}`, '1.00'));

/** What is in force of one order once these files are imported, and how many contradictions are told. */
async function imported(order: string, ...files: readonly (readonly string[])[]): Promise<{ rows: string[]; conflicts: number }> {
  const workspace: Workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  for (const [i, lines] of files.entries()) await workspace.take(workspace.put(`${i}.csv`, [header, ...lines]));
  const sql = `SELECT amount_due / 100000000 FROM consumption WHERE in_force = 1 AND trade_id = '${order}' ORDER BY 1`;
  return { rows: workspace.rows(sql), conflicts: workspace.rows('SELECT 1 FROM overlap_conflict').length };
}

const S = (amount: string): string => line('S', amount);

test('two part files may split an order between them, whichever comes first', async () => {
  const parts = [
    [...many(0), S('3.00'), S('4.00')],
    [S('5.00'), S('4.00'), ...many(100)],
  ] as const;
  const whole = { rows: ['3', '4', '4', '5'], conflicts: 0 };
  expect(await imported('S', ...parts)).toEqual(whole);
  expect(await imported('S', ...parts.toReversed())).toEqual(whole);
  expect(await imported('S', ...parts, many(200))).toEqual(whole);
});

test('an order that stands elsewhere in one of the files, is most of it, or is not all that both have, stays a contradiction', async () => {
  const told = { rows: [expect.any(String)], conflicts: 1 };
  expect(await imported('S', [...many(0), S('3.00')], [...many(100), S('5.00')])).toEqual(told);
  expect(await imported('S', [...many(0), S('3.00')], [...many(100), S('5.00'), ...many(200)])).toEqual(told);
  expect(await imported('S', [...many(0), S('3.00')], [S('5.00'), ...many(100, 2)])).toEqual(told);
  expect(await imported('S', [...many(0), S('3.00')], [S('5.00'), ...many(100), ...many(3, 1)])).toEqual(told);
});
