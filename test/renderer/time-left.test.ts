import { expect, test } from 'vitest';
import { secondsLeft } from '../../renderer/stores/time-left.ts';

const began = { what: 'import a.csv', at: 1000, done: 0 };

test('the time left follows from the speed so far, and is not told before that is known', () => {
  expect(secondsLeft(began, 1500, 10, 100)).toBeUndefined();
  expect(secondsLeft(began, 11_000, 0, 100)).toBeUndefined();
  expect(secondsLeft(began, 11_000, 25, 100)).toBe(30);
  expect(secondsLeft({ ...began, done: 50 }, 11_000, 75, 100)).toBe(10);
  expect(secondsLeft(began, 11_000, 99.99, 100)).toBe(1);
  expect(secondsLeft(began, 11_000, 100, 100)).toBeUndefined();
});
