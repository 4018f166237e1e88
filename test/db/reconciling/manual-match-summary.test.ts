import { expect, test } from 'vitest';
import { addMatch } from '../../../db/manual-matches.ts';
import type { WriteDb } from '../../../db/open.ts';
import { consumptionSummary } from '../../../db/reconciling/consumption-summary.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { readKey, type MatchAction } from '../../../electron/core/manual-match.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { closed } from './closed.ts';

const cycle = '2025-09';
const state = (db: WriteDb, product: string, amount: string, customer = 'c1'): bigint =>
  insert(db, 'consumption-summary', { cycle, customer_id: customer, product_type: product, amount_due: yuan(amount) });
const consume = (db: WriteDb, product: string, amount: string, customer = 'c1'): bigint =>
  insert(db, 'consumption', { cycle, customer_id: customer, trade_id: `t-${product}`, product_type: product, amount_due: yuan(amount) });
const match = (db: WriteDb, action: MatchAction, ...keys: string[]): bigint =>
  addMatch(db, {
    cycle,
    pair: 'consumption-summary',
    action,
    keys: keys.map((k) => readKey(k)!),
    reason: '云硬盘记在云主机下',
    by: '王芳',
    at: '2025-10-08 09:00:00',
  });
function run(db: WriteDb) {
  const parts: (BridgePart & { step: string })[] = [];
  const sink = { begin: () => void parts.splice(0), add: (step: string, part: BridgePart) => void parts.push({ ...part, step }) };
  const { bridge, findings } = consumptionSummary.run({ ...runContext(db, cycle), sink });
  closed({ bridge, findings });
  return { bridge: bridge as Bridge, parts, findings, brief: findings.map((f) => [f.productType, f.expected, f.stated]) };
}

test('cells of the summary joined by hand are one, by their sums', () => {
  const db = openTestDb();
  state(db, 'ECS', '30.00');
  consume(db, 'ECS', '20.00');
  consume(db, 'EVS', '10.00');
  state(db, 'OBS', '5.00');
  consume(db, 'OBS', '5.00');
  const before = run(db);
  expect(before.findings).toHaveLength(2);
  match(db, 'join', 'c1|ECS||', 'c1|EVS||');
  const after = run(db);
  expect(after.brief).toEqual([]);
  expect([after.bridge.left, after.bridge.right]).toEqual([before.bridge.left, before.bridge.right]);
  expect(after.parts.filter((p) => p.level === 'joined')).toMatchObject([
    { step: 'agreed', leftRows: 1n, rightRows: 2n, left: yuan('30.00') },
  ]);
});

test('what does not add up stays one finding of exactly the rest, and says what was joined', () => {
  const db = openTestDb();
  state(db, 'ECS', '31.00');
  consume(db, 'ECS', '20.00');
  consume(db, 'EVS', '10.00');
  match(db, 'join', 'c1|EVS||', 'c1|ECS||');
  const { brief, findings } = run(db);
  expect(brief).toEqual([['ECS', yuan('30.00'), yuan('31.00')]]);
  expect(findings[0]!.reason.zh).toContain('人工合并核对：ECS、EVS');
});

test('a cell set apart is in no family of sub-accounts', () => {
  const db = openTestDb();
  insert(db, 'sub-account', { sub_customer_id: 'sub', customer_id: 'c1' });
  state(db, 'ECS', '30.00');
  consume(db, 'ECS', '20.00');
  consume(db, 'ECS', '10.00', 'sub');
  expect(run(db).brief).toEqual([]);
  match(db, 'split', 'sub|ECS||');
  expect(run(db).findings.map((f) => f.customerId)).toEqual(['c1', 'sub']);
});

test('of which all but one are gone are judged as if nothing had been said', () => {
  const db = openTestDb();
  state(db, 'ECS', '30.00');
  consume(db, 'ECS', '20.00');
  match(db, 'join', 'c1|ECS||', 'c1|GONE||');
  expect(run(db).brief).toEqual([['ECS', yuan('20.00'), yuan('30.00')]]);
});
