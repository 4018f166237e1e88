import { expect, test } from 'vitest';
import { keepOutcome } from '../../db/kept-outcomes.ts';
import { inStep, type Reconciler } from '../../db/reconciling/context.ts';
import { runWatched } from '../../electron/jobs/run-watched.ts';
import { insert, openTestDb, runContext } from '../db/rows.ts';

const cycle = '2025-09';

test('a step is taken over while what it read is the same, unless it is too large to be kept', () => {
  const db = openTestDb();
  insert(db, 'consumption', { cycle, customer_id: 'c1', amount_due: 1n });
  const done: string[] = [];
  const sum = (name: string, table: string, isWorthKeeping?: () => boolean) => (context: Parameters<Reconciler['run']>[0]) =>
    inStep(
      context,
      name,
      ({ db: own }) => {
        done.push(name);
        return own.prepare<[], bigint>(`SELECT coalesce(sum(amount_due), 0) FROM ${table}`).pluck().get()!;
      },
      isWorthKeeping,
    );
  const steps = [
    sum('small', 'consumption'),
    sum('large', 'consumption', () => false),
    sum('other', 'partner_bill'),
  ]; // prettier-ignore
  const part: Reconciler = {
    name: 'rows',
    run: (context) => ({ findings: [], checks: steps.map((step) => ({ code: 'row.list-price', compared: Number(step(context)) })) }),
  };
  const run = (): [compared: number[], done: string[]] => {
    done.length = 0;
    const { outcome, made } = runWatched(part, runContext(db, cycle), '1');
    keepOutcome(db, { cycle, reconciler: 'rows', version: '1' }, made!);
    return [outcome.checks.map((check) => check.compared), [...done]];
  };
  expect(run()).toEqual([
    [1, 1, 0],
    ['small', 'large', 'other'],
  ]);
  expect(run()).toEqual([[1, 1, 0], ['large']]);
  insert(db, 'partner-bill', { cycle, customer_id: 'c1', amount_due: 5n });
  expect(run()).toEqual([
    [1, 1, 5],
    ['large', 'other'],
  ]);
  insert(db, 'consumption', { cycle, customer_id: 'c1', amount_due: 2n });
  expect(run()).toEqual([
    [3, 3, 5],
    ['small', 'large'],
  ]);
  steps.shift();
  run();
  const names = db.prepare<[], string>('SELECT reconciler FROM kept_outcome ORDER BY 1').pluck().all();
  expect(names).toEqual(['rows', 'rows/other']);
});
