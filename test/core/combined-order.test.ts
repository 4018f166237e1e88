import { expect, test } from 'vitest';
import { judgeCombined } from '../../electron/core/judging/combined-order.ts';

const at = '2025-09-10 08:00:00';
const follows = { bought: false, itself: false, parentAt: at, childrenAt: at };

test.each([
  ['new purchases, whatever the times say', { bought: true, itself: true, parentAt: '2025-01-01 00:00:00' }, 'one'],
  ['traded at once, which nothing that follows it could be', {}, 'one'],
  ['later than what names it', { parentAt: '2025-09-11 08:00:00' }, 'one'],
  ['of an earlier day: the others follow it', { parentAt: '2025-09-09 23:59:59' }, 'two'],
  ['known as an order of its own in another month', { itself: true }, 'two'],
  ['earlier on the same day', { parentAt: '2025-09-10 07:59:59' }, 'doubtful'],
  ['without a time', { parentAt: null }, 'doubtful'],
  ['named by an order without a time', { childrenAt: null }, 'doubtful'],
] as const)('an order that others name as their original, %s', (_, evidence, verdict) => {
  expect(judgeCombined({ ...follows, ...evidence })).toBe(verdict);
});
