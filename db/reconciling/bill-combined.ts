import { addSums, judgeBillGroup } from '../../electron/core/judging/bill-group.ts';
import type { BillGroup } from './bill-groups.ts';
import type { Pool } from './bill-pools.ts';
import type { GroupRows } from './bill-rows.ts';
import type { RunContext } from './context.ts';

/**
 * Combined orders (组合交易单): one side carries the parent's trade id, the other the children's, which name it as their original. A parent and its
 * one-sided children of the other side are compared together, and only when they agree; refunds name an original too, but are orders of their own.
 */
export function combinedOrders(context: RunContext, rows: GroupRows, oneSided: readonly BillGroup[]): Pool[] {
  const lineOnly = oneSided.filter((g) => g.lines > 0n);
  const consumptionOnly = oneSided.filter((g) => g.lines === 0n);
  if (lineOnly.length === 0 || consumptionOnly.length === 0) return [];
  const first = combine(context, rows, lineOnly, consumptionOnly);
  const taken = new Set(first.flatMap((pool) => pool.members));
  const free = (groups: readonly BillGroup[]): BillGroup[] => groups.filter((g) => !taken.has(g));
  return [...first, ...combine(context, rows, free(consumptionOnly), free(lineOnly))];
}

function combine(context: RunContext, rows: GroupRows, parents: readonly BillGroup[], children: readonly BillGroup[]): Pool[] {
  const byKey = new Map(parents.map((g) => [`${g.customerKey}|${g.tradeId}`, { parent: g, children: [] as BillGroup[] }]));
  for (const child of children) {
    const parent = parentOf(context, rows, child);
    if (parent !== undefined) byKey.get(`${child.customerKey}|${parent}`)?.children.push(child);
  }
  return [...byKey.values()].flatMap(({ parent, children: own }) => {
    if (own.length === 0) return [];
    const members = [parent, ...own];
    const sums = addSums(members);
    const verdict = judgeBillGroup(sums, context.settings.regime);
    return verdict === 'agreed' || verdict === 'truncation' ? [{ members, sums, verdict }] : [];
  });
}

/** The one order that all rows of a group name as their original; undefined for refunds. */
function parentOf({ cycle }: RunContext, rows: GroupRows, group: BillGroup): string | undefined {
  const own = rows[group.lines > 0n ? 'lines' : 'rows'](cycle, group.customerKey, group.tradeId);
  const originals = new Set(own.map((row) => (row.billClass === 'refund' ? null : row.originalTradeId)));
  return originals.size === 1 ? ([...originals][0] ?? undefined) : undefined;
}
