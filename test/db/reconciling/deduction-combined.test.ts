import { expect, test } from 'vitest';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { addMatch } from '../../../db/manual-matches.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import type { WriteDb } from '../../../db/open.ts';
import { readKey } from '../../../electron/core/manual-match.ts';
import { openTestDb, runContext, yuan } from '../rows.ts';
import { bill, consume, deduct, M, run } from './account-builder.ts';

const of = { original_trade_id: 'P' };

/** What stands behind the steps: a part of no level names nothing. */
function parts(db: WriteDb): unknown[] {
  const heard: [string, BridgePart][] = [];
  billAccount.run({ ...runContext(db, M), sink: { begin: () => heard.splice(0), add: (step, part) => heard.push([step, part]) } });
  return heard.map(([step, p]) => [step, p.level, p.tradeId, p.amount, Number(p.leftRows), Number(p.rightRows)]);
}

/** The bill has the children, the ledger the parent. */
function parentDeducted(paid: string): WriteDb {
  const db = openTestDb();
  bill(db, 't1', '100');
  deduct(db, 'f1', 't1', '75');
  bill(db, 'A', '100', of);
  bill(db, 'B', '200', of);
  deduct(db, 'f2', 'P', paid);
  return db;
}

test('the ledger has the parent of a combined order, the bill its children: at their due, or before the discount', () => {
  for (const [paid, basis] of [['225', '0'], ['300', '75']] as const) {
    const db = parentDeducted(paid);
    const seen = () => [run(db).brief, run(db).step('basis'), run(db).step('not-deducted'), run(db).step('other-month')];
    expect(seen()).toEqual([[], yuan(basis), 0n, 0n]);
    consume(db, 'P', '300');
    expect(seen()).toEqual([[], yuan(basis), 0n, 0n]);
  } // prettier-ignore
  expect(parts(parentDeducted('225'))).toEqual([
    ['agreed', 'trade', 't1', 0n, 1, 1],
    ['agreed', 'combined', 'P', 0n, 2, 1],
  ]);
});

test('the ledger has the children, the bill the parent', () => {
  const db = openTestDb();
  bill(db, 'P', '300');
  for (const [trade, amount, paid] of [['A', '100', '75'], ['B', '200', '150']] as const) {
    consume(db, trade, amount, of);
    deduct(db, `f-${trade}`, trade, paid);
  } // prettier-ignore
  const { brief, step } = run(db);
  expect([brief, step('basis'), step('not-deducted'), step('other-month')]).toEqual([[], 0n, 0n, 0n]);
  expect(parts(db)).toEqual([['agreed', 'combined', 'P', 0n, 1, 2]]);
});

test('another amount is held against the order alone; an order that others renew is none of them', () => {
  const wrong = parentDeducted('230');
  consume(wrong, 'P', '300');
  expect([run(wrong).brief, run(wrong).step('not-deducted')]).toEqual([
    [['account.deduction-amount', 'f2', yuan('225'), yuan('230')]],
    yuan('-225'),
  ]);
  const renewed = openTestDb();
  bill(renewed, 'P', '100', {}, '2025-08');
  bill(renewed, 'R', '100', of);
  deduct(renewed, 'f1', 'P', '75');
  expect([run(renewed).brief, run(renewed).step('other-month'), run(renewed).step('not-deducted')]).toEqual([[], yuan('75'), yuan('-75')]);
});

test('what a person named is left to that person', () => {
  const db = parentDeducted('225');
  addMatch(db, { cycle: M, pair: 'bill-account', action: 'join', keys: ['f2', 'c1|A'].map((key) => readKey(key)!), reason: '人工核对', by: '王芳', at: '2025-10-08 09:00:00' }); // prettier-ignore
  expect(run(db).brief).toEqual([['account.deduction-amount', 'f2', yuan('75'), yuan('225')]]);
});

test('where only its children know the parent’s number, another amount, or the same again, is told of their sum', () => {
  for (const [paid, told] of [
    [['230'], ['account.deduction-amount', 'f2', yuan('225'), yuan('230')]],
    [
      ['225', '225'],
      ['account.deducted-twice', 'f3', yuan('225'), yuan('450')],
    ],
    [
      ['220', '220'],
      ['account.deducted-twice', 'f3', yuan('225'), yuan('440')],
    ],
  ] as const) {
    const db = parentDeducted(paid[0]);
    if (paid.length > 1) deduct(db, 'f3', 'P', paid[0]);
    for (const [trade, amount] of [['A', '100'], ['B', '200']] as const) consume(db, trade, amount, of); // prettier-ignore
    const { brief, findings, step } = run(db);
    expect([brief, step('not-deducted'), step('other-month')]).toEqual([[told], 0n, 0n]);
    expect([findings[0]?.customerId, findings[0]?.tradeId, findings[0]?.left.length]).toEqual(['c1', 'P', 2]);
  }
});

test('each child may be in whole cents', () => {
  const db = openTestDb();
  bill(db, 'P', '200.02'); // 150.015
  for (const [trade, amount] of [['A', '100.02'], ['B', '100.02']] as const) consume(db, trade, amount, of); // prettier-ignore
  for (const trade of ['A', 'B']) deduct(db, `f-${trade}`, trade, '75.01');
  expect(run(db).brief).toEqual([]);
});

/** The accounts of three months, each of which has an order of its own, and a combined order of them. */
function overMonths(children: readonly (readonly [string, string, string])[], paid: readonly (readonly [string, string])[]): WriteDb {
  const db = openTestDb();
  for (const month of ['2025-08', M, '2025-10']) {
    bill(db, `t-${month}`, '100', {}, month);
    consume(db, `t-${month}`, '100', {}, month);
    deduct(db, `f-${month}`, `t-${month}`, '75', {}, month);
  }
  for (const [trade, amount, month] of children) {
    bill(db, trade, amount, of, month);
    consume(db, trade, amount, of, month);
  }
  for (const [i, [amount, month]] of paid.entries()) deduct(db, `f${i + 2}`, 'P', amount, {}, month);
  return db;
}

test('a combined order is paid in one month and billed, in part or whole, in the month beside it', () => {
  for (const beside of ['2025-08', '2025-10']) {
    const part = overMonths([['A', '100', M], ['B', '200', beside]], [['225', M]]); // prettier-ignore
    const seen = run(part);
    expect([seen.brief, seen.step('basis'), seen.step('not-deducted')]).toEqual([[], yuan('150'), 0n]);
    expect(parts(part)).toContainEqual(['basis', 'combined', 'P', yuan('150'), 1, 1]);
    expect([run(part, beside).brief, run(part, beside).step('not-deducted')]).toEqual([[], yuan('-150')]);
    for (const paid of ['225', '300']) {
      const whole = overMonths([['A', '100', beside], ['B', '200', beside]], [[paid, M]]); // prettier-ignore
      expect([run(whole).brief, run(whole).step('other-month')]).toEqual([[], yuan(paid)]);
      expect([run(whole, beside).brief, run(whole, beside).step('not-deducted')]).toEqual([[], yuan('-225')]);
    }
  }
});

test('a combined order over two months that each pay their part is sound; wrongly paid or paid again it is told once, of all its children', () => {
  const split = [['A', '100', M], ['B', '200', '2025-10']] as const; // prettier-ignore
  const later = [['A', '100', '2025-10'], ['B', '200', '2025-10']] as const; // prettier-ignore
  const twice = ['account.deducted-twice', 'f3', yuan('225'), yuan('450')];
  const wrong = ['account.deduction-amount', 'f2', yuan('225'), yuan('230')];
  for (const [children, paid, told] of [
    [split, [['75', M], ['150', '2025-10']], [[], []]],
    [split, [['225', M], ['225', M]], [[twice], []]],
    [split, [['225', M], ['225', '2025-10']], [[], [twice]]],
    [split, [['230', M]], [[wrong], []]],
    [later, [['225', M], ['225', M]], [[twice], []]],
    [later, [['225', M], ['225', '2025-10']], [[], [twice]]],
    [later, [['230', M]], [[wrong], []]],
  ] as const) {
    const db = overMonths(children, paid);
    expect(['2025-08', M, '2025-10'].map((month) => run(db, month).brief)).toEqual([[], ...told]);
  } // prettier-ignore
});

test('an order that renews a combined one in the next month is none of its children', () => {
  const db = overMonths([['A', '100', M], ['B', '200', M], ['R', '100', '2025-10']], [['230', M]]); // prettier-ignore
  expect(run(db).brief).toEqual([['account.deduction-amount', 'f2', yuan('225'), yuan('230')]]);
});
