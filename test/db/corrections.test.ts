import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { undoImport } from '../../db/imports.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

let w: Workspace;
beforeEach(() => void (w = openWorkspace()));
afterEach(() => w.close());

const header = '账期,客户ID,订单号,产品类型,客户交易时间,应付金额';
const line = (order: string, amount: string, time = '2025-09-01 08:00:00'): string => `2025-09,c1,${order},ECS,${time},${amount}`;
const inForce = 'SELECT trade_id, traded_at, amount_due / 100000000 FROM consumption WHERE in_force = 1 ORDER BY trade_id, amount_due';
const conflicts = 'SELECT business_key FROM overlap_conflict';

/** A file, and the same one mended; whatever comes first, the mended one holds alone, and taking it back restores the other. */
async function replaces(before: readonly string[], after: readonly string[], wanted: readonly string[]): Promise<void> {
  for (const order of [
    [before, after],
    [after, before],
  ]) {
    const one = openWorkspace();
    try {
      const ids: string[] = [];
      for (const content of order) {
        const done = await one.take(one.put('a.csv', [header, ...content]));
        ids.push(done.importId!);
      }
      expect(one.rows(inForce)).toEqual(wanted);
      expect(one.rows(conflicts)).toEqual([]);
      const alone = openWorkspace();
      await alone.take(alone.put('a.csv', [header, ...before]));
      const restored = alone.rows(inForce);
      alone.close();
      undoImport(one.db, ids[order.indexOf(after)]!, '2026-01-02 00:00:00');
      expect(one.rows(inForce)).toEqual(restored);
    } finally {
      one.close();
    }
  }
}

describe('a csv that was corrected and dropped again', () => {
  it('replaces the one with a refused row', () =>
    replaces([line('A', '1'), line('B', '2x')], [line('A', '1'), line('B', '2')], ['A 2025-09-01 08:00:00 1', 'B 2025-09-01 08:00:00 2']));

  it('replaces it also where the refused row has the key of another, and another amount was corrected too', () =>
    replaces(
      [line('A', '1'), line('A', '2x'), line('C', '5')],
      [line('A', '1'), line('A', '2'), line('C', '6')],
      ['A 2025-09-01 08:00:00 1', 'A 2025-09-01 08:00:00 2', 'C 2025-09-01 08:00:00 6'],
    ));

  it('does not count a row twice whose key could not be read before', () =>
    replaces(
      [line('A', '1'), line('B', '2', '上月某天')],
      [line('A', '1'), line('B', '2', '2025-09-03 00:00:00')],
      ['A 2025-09-01 08:00:00 1', 'B 2025-09-03 00:00:00 2'],
    ));

  it('is found by going from each problem to its own row', async () => {
    const plans: string[] = [];
    const prepare = w.db.prepare.bind(w.db);
    vi.spyOn(w.db, 'prepare').mockImplementation(((sql: string) => {
      if (/temp\.overlap_row l .*JOIN consumption t/.test(sql)) {
        const steps = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...[...sql.matchAll(/\?/g)].map(() => 0)) as { detail: string }[];
        plans.push(...steps.map(({ detail }) => detail));
      }
      return prepare(sql);
    }) as typeof w.db.prepare);
    await w.take(w.put('a.csv', [header, line('A', '1'), line('B', '2x')]));
    await w.take(w.put('a.csv', [header, line('A', '1'), line('B', '2')]));
    expect(plans).toContain('SEARCH l USING INTEGER PRIMARY KEY (rowid=?)');
    // SQLite's own index by the rank would lead from each problem to every row of the file.
    expect(plans.filter((plan) => plan.includes('AUTOMATIC'))).toEqual([]);
  });

  it('replaces it in steps, whatever the order of the three', async () => {
    const versions = [
      [line('A', '1x'), line('B', '2x'), line('C', '3')],
      [line('A', '1'), line('B', '2x'), line('C', '3')],
      [line('A', '1'), line('B', '2'), line('C', '4')],
    ];
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const one = openWorkspace();
      for (const at of order) await one.take(one.put('a.csv', [header, ...versions[at]!]));
      expect(one.rows('SELECT trade_id, amount_due / 100000000 FROM consumption WHERE in_force = 1 ORDER BY 1')).toEqual([
        'A 1',
        'B 2',
        'C 4',
      ]);
      one.close();
    }
  });
});

describe('a file that is not the other one mended', () => {
  it('with a row less than the one with problems is united with it', async () => {
    await w.take(w.put('a.csv', [header, line('A', '1'), line('B', '2', '某天'), line('C', '3x')]));
    await w.take(w.put('b.csv', [header, line('A', '1'), line('D', '4')]));
    expect(w.rows('SELECT trade_id FROM consumption WHERE in_force = 1 ORDER BY 1')).toEqual(['A', 'B', 'D']);
  });

  it('without a row of the same customer and order never hides a row that had an unreadable cell', async () => {
    await w.take(w.put('a.csv', [header, line('A', '1'), line('B', '2', '某天')]));
    await w.take(w.put('b.csv', [header, line('A', '1'), line('D', '4')]));
    expect(w.rows('SELECT trade_id FROM consumption WHERE in_force = 1 ORDER BY 1')).toEqual(['A', 'B', 'D']);
  });

  it('and reads just as well leaves the contradiction to the person', async () => {
    await w.take(w.put('a.csv', [header, line('A', '1'), line('B', '2')]));
    await w.take(w.put('b.csv', [header, line('A', '1'), line('B', '3')]));
    expect(w.rows(conflicts)).toHaveLength(1);
    expect(w.rows('SELECT trade_id FROM consumption WHERE in_force = 1 ORDER BY 1')).toEqual(['A', 'B']);
  });
});
