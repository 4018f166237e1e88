import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inForceOn, judgeAttribution, sameName, stretches } from '../../../electron/core/judging/attribution.ts';

const history = [
  { value: '王', from: '2025-01-01', to: '2025-09-14' },
  { value: '李', from: '2025-09-15', to: null },
  { value: '陈', from: '2025-09-20', to: '2025-09-22' },
];

test('of overlapping entries the latest effective date wins, and both ends shift with the setting', () => {
  expect(['2025-09-14', '2025-09-15', '2025-09-20', '2025-09-23'].map((d) => inForceOn(history, d, 0)?.value)).toEqual([
    '王',
    '李',
    '陈',
    '李',
  ]);
  expect(['2025-09-15', '2025-09-16', '2025-09-20', '2025-09-23'].map((d) => inForceOn(history, d, 1)?.value)).toEqual([
    '王',
    '李',
    '李',
    '陈',
  ]);
});

test('wrong, right, doubtful on the day of a change, unknown before the first entry', () => {
  expect(judgeAttribution(history, '李', '2025-09-10', true)).toBe('wrong');
  expect(judgeAttribution(history, '王', '2025-09-15', true)).toBe('right');
  expect(judgeAttribution(history, '李', '2025-09-15', true)).toBe('doubtful');
  expect(judgeAttribution(history, '李', '2024-12-31', true)).toBe('unknown');
});

test('masked names', () => {
  expect([sameName('青**司', '青禾数据公司'), sameName('青**司', '云帆公司'), sameName(null, ' '), sameName('a', 'b')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('the days of a month in stretches of one answer; a day of change stands alone', () => {
  const [wang, li, chen] = history;
  expect(stretches(history, '2025-09-01', '2025-09-30')).toEqual([
    { first: '2025-09-01', last: '2025-09-14', held: wang },
    { first: '2025-09-15', last: '2025-09-15', held: 'change' },
    { first: '2025-09-16', last: '2025-09-19', held: li },
    { first: '2025-09-20', last: '2025-09-20', held: 'change' },
    { first: '2025-09-21', last: '2025-09-22', held: chen },
    { first: '2025-09-23', last: '2025-09-23', held: 'change' },
    { first: '2025-09-24', last: '2025-09-30', held: li },
  ]);
  expect(stretches(history, '2024-12-01', '2024-12-31')).toEqual([{ first: '2024-12-01', last: '2024-12-31', held: undefined }]);
  expect(stretches(history, '2025-01-01', '2025-01-31')[0]).toEqual({ first: '2025-01-01', last: '2025-01-01', held: 'change' });
});

test('property: the stretches are all days, each once, and the answer is that of both conventions on each of their days', () => {
  const text = (n: number): string => `2025-07-${String(n).padStart(2, '0')}`;
  const day = fc.integer({ min: 1, max: 31 });
  const entry = fc.record({ value: fc.constantFrom('王', '李', null), from: fc.option(day.map(text)), to: fc.option(day.map(text)) });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 4 }), day, day, (entries, a, b) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)];
      let at = first;
      for (const stretch of stretches(entries, text(first), text(last))) {
        expect(stretch.first).toBe(text(at));
        for (; text(at) <= stretch.last; at += 1) {
          const both = [inForceOn(entries, text(at), 0), inForceOn(entries, text(at), 1)];
          expect(stretch.held === 'change' ? both[0] !== both[1] : both.every((held) => held === stretch.held)).toBe(true);
        }
      }
      expect(at).toBe(last + 1);
    }),
  );
});
