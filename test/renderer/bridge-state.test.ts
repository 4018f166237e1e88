import { expect, test } from 'vitest';
import { bridgeState } from '../../renderer/components/bridge-state.ts';
import { golden } from './golden-dispatch.ts';

const built = golden('month.bridges').bridges.flatMap((b) => ('left' in b ? [b] : []))[0]!;
const state = (unexplained: string, ...amounts: string[]) =>
  bridgeState({ ...built, unexplained, found: { all: amounts.length, moving: amounts.filter((amount) => Number(amount) !== 0).length } });

test('only an amount without explanation is alarming, not a finding that takes nothing from the bridge', () => {
  expect(state('0.00000000')).toBe('explained');
  expect(state('0.00000000', '0.00000000', '0.00000000')).toBe('beside');
  expect(state('5.00000000', '5.00000000')).toBe('open');
  expect(state('-5.00000000', '-5.00000000', '0.00000000')).toBe('open');
});

test('two faults that cancel each other out are not explained', () => {
  expect(state('0.00000000', '5.00000000', '-5.00000000')).toBe('open');
});

test('what a missing file left without a judgement is not explained; findings beside it go first', () => {
  const steps = [...built.steps, { step: 'missing-file', amount: '-225.00000000', rows: 1 }];
  const found = { all: 0, moving: 0 };
  expect(bridgeState({ ...built, unexplained: '0.00000000', found, steps })).toBe('unjudged');
  expect(bridgeState({ ...built, unexplained: '0.00000000', found: { all: 1, moving: 0 }, steps })).toBe('beside');
  expect(
    bridgeState({ ...built, unexplained: '0.00000000', found, steps: [{ step: 'no-consumption', amount: '0.00000000', rows: 0 }] }),
  ).toBe('explained');
});
