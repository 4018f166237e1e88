import type { RatedPerformance, StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { addMonths } from '../../electron/core/month.ts';
import { performanceColumns, type LinkRow } from './incentive-links.ts';
import { ranked } from '../row-rank.ts';
import type { IncentiveRun } from './incentive-run.ts';
import { monthRows } from './rows-of.ts';

/** An incentive row that pays performance of the month before, though its order has performance in this month too. */
export interface Late {
  readonly incentive: StatedIncentive;
  readonly of: LinkRow;
}
type Sides = readonly [performances: readonly RatedPerformance[], incentives: readonly StatedIncentive[]];

/**
 * Finds the rows without 业绩ID among those of an order that are the very base of performance which the month before left unpaid, and of none of this
 * month's. Invariant: each performance answers one row. Needs TEMP `link_trade`; to be called before the rows are read.
 */
export function lateBeside({ context, rank }: Pick<IncentiveRun, 'context' | 'rank'>): (...sides: Sides) => readonly Late[] {
  const { db, cycle, has } = context;
  const before = addMonths(cycle, -1);
  if (!has('performance', before)) return () => [];
  db.exec('DROP TABLE IF EXISTS temp.paid_before');
  db.prepare(
    `CREATE TEMP TABLE paid_before AS SELECT i.customer_key, i.trade_id, i.plan_name AS plan, i.base_amount AS base
       FROM ${monthRows('incentive', 'i', ':before')} JOIN temp.link_trade l ON l.customer_key = i.customer_key AND l.trade_id = i.trade_id`,
  ).run({ before });
  db.exec('CREATE INDEX temp.paid_before_order ON paid_before (customer_key, trade_id)');
  const earlier = db.prepare<unknown[], LinkRow>(
    `SELECT ${performanceColumns("''")} FROM performance o CROSS JOIN performance p
         ON p.cycle = ? AND p.in_force = 1 AND p.customer_key = o.customer_key AND p.trade_id = o.trade_id
      WHERE o.id = ?`,
  );
  const paid = db.prepare<[bigint], { plan: string | null; base: bigint | null }>(
    `SELECT b.plan, b.base FROM performance o JOIN temp.paid_before b ON b.customer_key = o.customer_key AND b.trade_id = o.trade_id WHERE o.id = ?`,
  );
  return (performances, incentives) => {
    const late: Late[] = [];
    for (const [plan, rows] of Map.groupBy(incentives, (i) => i.plan)) {
      const others = notOwn(performances, rows);
      if (others.length === 0) continue;
      const { id } = performances[0]!;
      const left = unpaid(
        ranked(rank, earlier.all(before, id)),
        paid.all(id).filter((row) => plan === null || row.plan === null || row.plan === plan),
      );
      for (const incentive of others) {
        const at = left.findIndex((p) => p.amount === incentive.base && (incentive.product === null || incentive.product === p.product));
        if (at >= 0) late.push({ incentive, of: left.splice(at, 1)[0]! });
      }
    }
    return late;
  };
}

/** The rows of a plan without 业绩ID whose base is that of none of the performances nor of all; none where the rows come to all of them together. */
function notOwn(performances: readonly RatedPerformance[], rows: readonly StatedIncentive[]): readonly StatedIncentive[] {
  const whole = performances.reduce((sum, p) => sum + p.amount, 0n);
  if (rows.reduce((sum, i) => sum + (i.base ?? 0n), 0n) === whole) return [];
  const open = [...performances];
  const others = rows.filter((i) => {
    const at = open.findIndex((p) => p.amount === i.base && (i.product === null || i.product === p.product));
    if (at >= 0) open.splice(at, 1);
    return at < 0 && i.performanceId === null && i.base !== null;
  });
  return others.filter((i) => open.length === 0 || i.base !== whole);
}

/** The performances that no row of their own month pays: rows of another base pay any of them. */
function unpaid(performances: readonly LinkRow[], rows: readonly { readonly base: bigint | null }[]): LinkRow[] {
  const left = [...performances];
  const inexact = rows.filter(({ base }) => {
    const at = left.findIndex((p) => p.amount === base);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return inexact.length >= left.length ? [] : left;
}
