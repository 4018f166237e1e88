import { expect, test } from 'vitest';
import { inForceOn, judgeAttribution, sameName } from '../../../electron/core/judging/attribution.ts';

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
