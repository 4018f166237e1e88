import type { Candidate } from '../../electron/core/finding.ts';
import type { PerformanceGroup } from '../../electron/core/judging/consumption-performance.ts';
import { addMonths } from '../../electron/core/month.ts';
import { scopeCandidate } from '../../electron/core/wording/scope.ts';
import { prepared } from '../prepared.ts';
import { scopesOf } from '../scope-marks.ts';
import type { RunContext } from './context.ts';
import { groupRows } from './performance-evidence.ts';
import type { GroupRow } from './performance-facts.ts';
import { holdsCustomer, onlyManager, outsideOf, type Outside, type OwnedRow } from './scope.ts';

type Table = 'consumption' | 'performance';

/** Whether all rows of a one-sided group stand outside what the person said that the other side covers. */
export function performanceScope(context: RunContext): { outside(g: GroupRow): boolean; outsideNext(g: GroupRow): boolean } {
  const beyond: Record<Table, Outside | undefined> = {
    consumption: outsideOf(context, 'consumption'),
    performance: outsideOf(context, 'performance'),
  };
  const next = outsideOf(context, 'performance', addMonths(context.cycle, 1));
  const all = (table: Table, g: GroupRow, outside: Outside | undefined): boolean => {
    if (!outside) return false;
    const rows = ownedRows(context, table, g);
    return rows.length > 0 && rows.every(outside);
  };
  return {
    outside: (g) => (g.performance_rows === 0n ? all('consumption', g, beyond.performance) : all('performance', g, beyond.consumption)),
    outsideNext: (g) => all('consumption', g, next),
  };
}

function ownedRows({ db, cycle }: RunContext, table: Table, g: GroupRow): OwnedRow[] {
  const at = table === 'performance' ? 'coalesce(traded_at, formed_at)' : 'coalesce(traded_at, consumed_from)';
  const one = prepared<[bigint], OwnedRow>(
    db,
    `SELECT customer_key AS customerKey, account_name AS accountName, account_manager AS manager, ${at} AS at FROM ${table} WHERE id = ?`,
  );
  return groupRows(db, table, cycle, g).map((id) => one.get(id)!);
}

/** What to suggest where one side has nothing at all of a group's customer and was not marked: perhaps its export covers a part only. */
export function partialExport(context: RunContext, { customer_key: customer }: GroupRow, group: PerformanceGroup): readonly Candidate[] {
  const lacking: Table | undefined = group.performanceRows === 0 ? 'performance' : group.consumptionRows === 0 ? 'consumption' : undefined;
  if (lacking === undefined || scopesOf(context.db, lacking, context.cycle) || holdsCustomer(context, lacking, customer)) return [];
  return [scopeCandidate(lacking, onlyManager(context, lacking))];
}
