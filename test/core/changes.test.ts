import { expect, test } from 'vitest';
import type { Bridge } from '../../electron/core/bridge.ts';
import { compareBridges, compareFindings, listedChanges, type Standing } from '../../electron/core/changes.ts';

const finding = (key: string, stated: bigint, more: Partial<Standing> = {}): Standing => ({
  key,
  code: 'bill.amount',
  severity: 'dispute',
  expected: 100n,
  stated,
  difference: stated - 100n,
  reason: { zh: key, en: key },
  ...more,
});

test('findings are new, gone or changed by key; what stays the same is not told', () => {
  const before = [finding('a', 1n), finding('b', 2n), finding('c', 3n), finding('d', 4n)];
  const after = [
    finding('b', 2n, { reason: { zh: '换了说法', en: 'other words' } }),
    finding('c', 9n),
    finding('d', 4n, { severity: 'review' }),
    finding('e', 5n),
  ];
  const { findings, counts, ...totals } = compareFindings(before, after);
  expect(totals).toEqual({ new: 1, gone: 1, changed: 2 });
  expect(findings.map((f) => [f.change, f.key])).toEqual([
    ['gone', 'a'],
    ['changed', 'c'],
    ['changed', 'd'],
    ['new', 'e'],
  ]);
  expect(findings[1]).toMatchObject({ difference: -91n, before: { severity: 'dispute', difference: -97n } });
  expect(findings[2]).toMatchObject({ severity: 'review', before: { severity: 'dispute' } });
  expect(counts).toEqual([{ code: 'bill.amount', new: 1, gone: 1, changed: 2 }]);
});

test('an amount that moves on both sides alike is a change too', () => {
  const { changed } = compareFindings([finding('a', 1n)], [finding('a', 2n, { expected: 101n, difference: -99n })]);
  expect(changed).toBe(1);
});

test('all are counted, the first 200 are listed, and counts stand in the order of the catalogue', () => {
  const many = Array.from({ length: 250 }, (_, i) => finding(`k${i}`, 1n, { code: i < 10 ? 'performance.missing' : 'bill.amount' }));
  const all = compareFindings([], many);
  expect(all.findings).toHaveLength(listedChanges);
  expect(all.counts).toEqual([
    { code: 'bill.amount', new: 240, gone: 0, changed: 0 },
    { code: 'performance.missing', new: 10, gone: 0, changed: 0 },
  ]);
});

const bridge = (steps: Record<string, bigint>, unexplained: bigint, total = 0n): Bridge => ({
  pair: 'bill-consumption',
  left: { name: 'l', total },
  right: { name: 'r', total: 7n },
  steps: Object.entries(steps).map(([step, amount]) => ({ step, amount, rows: 1 })),
  unexplained,
});

test('bridges: every end and step that is another, in their order', () => {
  expect(compareBridges([bridge({ tax: 1n, truncation: 2n }, 4n)], [bridge({ tax: 1n, truncation: 3n }, 0n, 3n)])).toEqual([
    { pair: 'bill-consumption', step: 'left', before: 0n, after: 3n },
    { pair: 'bill-consumption', step: 'truncation', before: 2n, after: 3n },
    { pair: 'bill-consumption', step: 'unexplained', before: 4n, after: 0n },
  ]);
});

test('a bridge that could not be built has no amounts to compare', () => {
  const missing = { pair: 'bill-consumption', missing: ['consumption'] } as const;
  expect(compareBridges([missing], [missing])).toEqual([]);
  expect(compareBridges([missing], [bridge({}, 5n)])).toEqual([
    { pair: 'bill-consumption', step: 'left', after: 0n },
    { pair: 'bill-consumption', step: 'unexplained', after: 5n },
    { pair: 'bill-consumption', step: 'right', after: 7n },
  ]);
});
