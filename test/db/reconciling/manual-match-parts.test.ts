import { expect, test } from 'vitest';
import { addMatch } from '../../../db/manual-matches.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { idsOf } from '../../../db/drilling/part-rows.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { readKey, type MatchPair } from '../../../electron/core/manual-match.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { bill, consume, M } from './bill-builder.ts';

test.each(['bill-consumption', 'consumption-performance'] as const)(
  '%s: what was joined can be looked into, its rows stand in one place',
  (pair: MatchPair) => {
    const db = openTestDb();
    const rows: bigint[] = [];
    const left = (trade: string | null, amount: string, product = '云主机'): void => {
      if (pair === 'bill-consumption')
        rows.push(bill(db, trade, amount, { product_type: product, settlement_rate: 100_000_000n, settlement_amount: yuan(amount) }));
      else rows.push(consume(db, trade, amount, { product_type: product, cash_amount: yuan(amount) }));
    };
    const right = (trade: string | null, amount: string, product = '云主机'): void => {
      if (pair === 'bill-consumption') rows.push(consume(db, trade, amount, { product_type: product }));
      else
        rows.push(
          insert(db, 'performance', {
            cycle: M,
            customer_id: 'c1',
            account_name: 'acme',
            trade_id: trade,
            product_type: product,
            amount: yuan(amount),
          }),
        );
    };
    left('P', '30.00');
    left('Q', '5.00');
    right(null, '30.00');
    right(null, '5.00', '带宽');
    left('T', '1.00');
    right('T', '1.00');
    const grain = pair === 'bill-consumption' ? 'c1|云主机|payPerUse|consumption' : 'c1|云主机||';
    addMatch(db, {
      cycle: M,
      pair,
      action: 'join',
      keys: [readKey('c1|P')!, readKey(grain)!],
      reason: 'x',
      by: '',
      at: '2025-10-08 09:00:00',
    });
    const parts: (BridgePart & { step: string })[] = [];
    const sink = { begin: () => void parts.splice(0), add: (step: string, part: BridgePart) => void parts.push({ ...part, step }) };
    const reconciler = pair === 'bill-consumption' ? billConsumption : consumptionPerformance;
    const { bridge, findings } = reconciler.run({ ...runContext(db, M), sink });
    expect(findings).toEqual([]);
    expect((bridge as Bridge).unexplained).toBe(0n);
    const placed = parts.filter((p) => !p.beside).flatMap((p) => p.evidence.flatMap((e) => [...idsOf(db, e, 1000)]));
    expect(new Set(placed)).toEqual(new Set(rows));
    expect(placed).toHaveLength(rows.length);
    expect(parts.filter((p) => p.level === 'joined')).toMatchObject([{ step: 'agreed', customerKey: 'c1', leftRows: 1n, rightRows: 1n }]);
  },
);
