import { expect } from 'vitest';
import { idsOf } from '../../../db/drilling/part-rows.ts';
import type { Outcome, Reconciler, RunContext } from '../../../db/reconciling/context.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { BridgePart, PartRows } from '../../../electron/core/bridge-part.ts';
import { tableOf, type Kind } from '../../../electron/core/kinds.ts';
import { sheetOf, type RowId } from '../../../electron/core/row-id.ts';

type Told = BridgePart & { readonly step: string };

/**
 * Runs a pair, and once more group by group: the same is found, each step is told in full with the rows that are shown of it (those of another month may
 * be shown beside), and no row ends in two places (but performance that several plans pay). Hears each row of the month that ends in a step.
 */
export function runTold(reconciler: Reconciler, context: RunContext, hear: (id: RowId) => void = () => {}): Outcome {
  const outcome = reconciler.run(context);
  const parts: Told[] = [];
  const sink = { begin: () => void parts.splice(0), add: (step: string, part: BridgePart) => void parts.push({ ...part, step }) };
  const again = reconciler.run({ ...context, sink });
  expect([again.bridge, again.findings]).toEqual([outcome.bridge, outcome.findings]);
  const { pair, steps } = (outcome.bridge ?? {}) as Partial<Bridge>;
  for (const { step, amount, rows } of steps ?? []) {
    const own = parts.filter((part) => part.step === step);
    expect([step, own.reduce((n, p) => n + p.amount, 0n), own.reduce((n, p) => n + Number(p.rows), 0)]).toEqual([step, amount, rows]);
  }
  const shown = (part: Told, side: PartRows['side']): RowId[] => [
    ...new Set(part.evidence.filter((rows) => rows.side === side).flatMap((rows) => idsOf(context.db, rows, 1000))),
  ];
  const ends: RowId[] = [];
  for (const part of parts) {
    for (const [side, told] of [
      ['left', part.leftRows],
      ['right', part.rightRows],
    ] as const) {
      // prettier-ignore
      const all = shown(part, side);
      const own = all.filter((id) => isOfMonth(context, id));
      expect([part, side, [own.length, all.length]]).toEqual([part, side, expect.arrayContaining([Number(told)])]);
      if (part.beside) continue;
      own.forEach(hear);
      if (pair !== 'performance-incentive' || side === 'right') ends.push(...own);
    }
  }
  expect(ends.filter((id, at) => ends.indexOf(id) !== at)).toEqual([]);
  return outcome;
}

function isOfMonth({ db, cycle }: RunContext, id: RowId): boolean {
  const kind = db.prepare<[bigint], Kind>('SELECT kind FROM sheet WHERE id = ?').pluck().get(sheetOf(id))!;
  return (
    db
      .prepare<[bigint], string>(`SELECT cycle FROM ${tableOf(kind)} WHERE id = ?`)
      .pluck()
      .get(id) === cycle
  );
}
