import { expect, test } from 'vitest';
import { fingerprintOf, keepOutcome, keptOutcome, type MadeOutcome, type Part } from '../../db/kept-outcomes.ts';
import type { WriteDb } from '../../db/open.ts';
import type { Outcome } from '../../db/reconciling/context.ts';
import type { Reads } from '../../db/reconciling/watched.ts';
import { saveSetting } from '../../db/settings.ts';
import { stampStatement } from '../../db/statement-stamp.ts';
import { resolveCustomerKeys } from '../../db/customer-keys.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import { insert, openTestDb } from './rows.ts';

const cycle = '2025-09';
const part: Part = { cycle, reconciler: 'bill-consumption', version: '1' };
const reads: Reads = { kinds: ['consumption', 'partner-bill'], tables: ['import', 'manual_match', 'sheet'], settings: ['regime'] };
const at = '2025-10-08 09:00:00';

const finding = (n: number): FindingDraft => ({
  code: 'bill.amount',
  businessKey: ['c1', `${n}n`],
  customerId: 'c1',
  accountName: undefined,
  expected: 2n ** 62n + BigInt(n),
  stated: -1n,
  // What a bigint is often written as stays the text that it is.
  reason: { zh: '5n', en: '5n' },
  candidates: [],
  left: [16_777_218n],
  right: [],
  bridge: { pair: 'bill-consumption', amount: BigInt(-n) },
});
const outcomeOf = (count: number): Outcome => ({
  bridge: { pair: 'bill-consumption', missing: ['partner-bill'] },
  findings: Array.from({ length: count }, (_, n) => finding(n)),
  checks: [{ code: 'bill.amount', compared: count }],
  ahead: true,
});
const made = (db: WriteDb, outcome: Outcome): MadeOutcome => ({
  outcome,
  reads,
  fingerprint: fingerprintOf(db, part, reads)!,
  steps: [],
  stepNames: [],
});
const count = (db: WriteDb, table: string): bigint => db.prepare<[], bigint>(`SELECT count(*) FROM ${table}`).pluck().get()!;

test('what is kept comes back as it was, however many findings, and takes the place of what was kept before', () => {
  const db = openTestDb();
  insert(db, 'consumption', { cycle, customer_id: 'c1' });
  for (const [findings, parts] of [[1201, 4n], [0, 1n], [500, 2n]] as const) {
    const outcome = outcomeOf(findings);
    keepOutcome(db, part, made(db, outcome));
    expect(keptOutcome(db, part)).toStrictEqual(outcome);
    expect([count(db, 'kept_outcome'), count(db, 'kept_outcome_part')]).toEqual([1n, parts]);
  }
}); // prettier-ignore

test('it is of one month, one part and one version only', () => {
  const db = openTestDb();
  keepOutcome(db, part, made(db, outcomeOf(1)));
  expect(keptOutcome(db, part)).toBeDefined();
  expect(keptOutcome(db, { ...part, cycle: '2025-10' })).toBeUndefined();
  expect(keptOutcome(db, { ...part, reconciler: 'consumption-summary' })).toBeUndefined();
  expect(keptOutcome(db, { ...part, version: '2' })).toBeUndefined();
});

const changes: Readonly<Record<string, (db: WriteDb) => void>> = {
  'a statement of a kind that was read': (db) => stampStatement(db, 'partner-bill', '2024-01'),
  'rows of a kind that was read': (db) => void insert(db, 'consumption', { cycle, customer_id: 'c2' }),
  'what is known of its sheet': (db) => void db.exec("UPDATE sheet SET status = 'final'"),
  'which of its sheets are in force': (db) => void db.exec('UPDATE sheet_cycle SET in_force = 0'),
  'when its file was exported': (db) => void db.exec("UPDATE import SET exported_at = '2025-10-01 00:00:00'"),
  'a setting that was read': (db) => saveSetting(db, 'regime', 'exact', at),
  'what was matched by hand': (db) =>
    void db.exec(
      `INSERT INTO manual_match (cycle, pair, action, keys, reason, made_by, at) VALUES ('${cycle}', 'p', 'join', '[]', '', '', '${at}')`,
    ),
  'the customer that a row belongs to': (db) => {
    insert(db, 'customer', { customer_id: 'c9', account_name: 'acme' });
    expect(resolveCustomerKeys(db)).toBe(true);
  },
};

test.each(Object.entries(changes))('it is not taken over after a change of %s', (_, change) => {
  const db = openTestDb();
  insert(db, 'consumption', { cycle, account_name: 'acme' });
  resolveCustomerKeys(db);
  keepOutcome(db, part, made(db, outcomeOf(1)));
  expect(keptOutcome(db, part)).toBeDefined();
  change(db);
  expect(keptOutcome(db, part)).toBeUndefined();
});

test('it is taken over after a change of what was not read', () => {
  const db = openTestDb();
  insert(db, 'consumption', { cycle, customer_id: 'c1' });
  keepOutcome(db, part, made(db, outcomeOf(1)));
  insert(db, 'incentive', { cycle, customer_id: 'c1' });
  saveSetting(db, 'paymentDays', '9', at);
  saveSetting(db, 'regime', 'truncatePerCharge', at);
  expect(resolveCustomerKeys(db)).toBe(false);
  expect(keptOutcome(db, part)).toBeDefined();
});

test('what read a table whose content nobody follows is never kept', () => {
  expect(fingerprintOf(openTestDb(), part, { ...reads, tables: ['finding'] })).toBeUndefined();
});
