import type { Candidate } from '../../electron/core/finding.ts';
import type { PerformanceGroup } from '../../electron/core/judging/consumption-performance.ts';
import { scopeCandidate } from '../../electron/core/wording/scope.ts';
import { scopesOf } from '../scope-marks.ts';
import type { RunContext } from './context.ts';
import type { GroupRow } from './performance-facts.ts';
import { holdsCustomer, onlyManager } from './scope.ts';

type Table = 'consumption' | 'performance';

/** What to suggest where one side has nothing at all of a group's customer and was not marked: perhaps its export covers a part only. */
export function partialExport(context: RunContext, { customer_key: customer }: GroupRow, group: PerformanceGroup): readonly Candidate[] {
  const lacking: Table | undefined = group.performanceRows === 0 ? 'performance' : group.consumptionRows === 0 ? 'consumption' : undefined;
  if (lacking === undefined || scopesOf(context.db, lacking, context.cycle) || holdsCustomer(context, lacking, customer)) return [];
  return [scopeCandidate(lacking, onlyManager(context, lacking))];
}
