import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bridgeSteps } from '../../electron/core/bridge.ts';
import { contract, type Method } from '../../electron/contract.ts';
import { parseMoney } from '../../electron/core/money.ts';
import { golden, goldenFolder } from './golden-dispatch.ts';

const methods = fs.readdirSync(goldenFolder).map((f) => f.replace(/\.json$/, ''));

describe('golden replies', () => {
  test.each(methods)('%s fits the contract and loses nothing in it', (method) => {
    const stored: unknown = JSON.parse(fs.readFileSync(path.join(goldenFolder, `${method}.json`), 'utf8'));
    expect(Object.keys(contract)).toContain(method);
    expect(contract[method as Method].output.parse(stored)).toEqual(stored);
  });

  test('the bridges close, with the steps of the core', () => {
    for (const bridge of golden('month.bridges').bridges) {
      if (!('left' in bridge)) continue;
      expect(bridge.steps.map((s) => s.step)).toEqual(bridgeSteps[bridge.pair as keyof typeof bridgeSteps]);
      const sum = [bridge.left.total, bridge.unexplained, ...bridge.steps.map((s) => s.amount)].reduce((n, a) => n + parseMoney(a)!, 0n);
      expect(sum).toBe(parseMoney(bridge.right.total));
    }
  });
});
