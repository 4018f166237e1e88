import { pairAllocations, type Allocation } from '../../electron/core/judging/allocation-pairs.ts';
import { isEntry, type EntryKey, type MatchKey } from '../../electron/core/manual-match.ts';
import { appliedMatches } from '../manual-matches.ts';
import type { RunContext } from './context.ts';

/** An allocation with its own number: the flow id in the ledger, the transaction id in the records. */
export interface Numbered extends Allocation {
  readonly number: string | null;
  readonly accountName: string | null;
}
/** Rows of both sides that are compared as one: a pair, a row that has no other, or what a person joined. */
export interface AllocationGroup {
  readonly ledger: readonly Numbered[];
  readonly records: readonly Numbered[];
  readonly joined?: readonly MatchKey[];
}

/** How findings and what a person says name a row. */
export const allocationName = ({ number, customerKey, operation, at }: Numbered): string => number ?? `${customerKey} ${operation} ${at}`;

/**
 * Pairs both sides. A row that a person set apart is paired with none; the pairs that have the rows of a join are one group, whose sums decide. Every row
 * is in exactly one group.
 */
export function groupAllocations(
  { db, cycle }: RunContext,
  ledger: readonly Numbered[],
  records: readonly Numbered[],
): readonly AllocationGroup[] {
  const matches = appliedMatches(db, cycle, 'account-adjustment');
  const namesOf = (keys: readonly MatchKey[]): string[] => keys.filter(isEntry).map((key: EntryKey) => key.flowId);
  const apart = new Set(matches.filter((m) => m.action === 'split').flatMap((m) => namesOf(m.keys)));
  const isApart = (row: Numbered): boolean => apart.size > 0 && apart.has(allocationName(row));
  const rest = (rows: readonly Numbered[]): Numbered[] => rows.filter((row) => !isApart(row));
  const paired: readonly AllocationGroup[] = pairAllocations(rest(ledger), rest(records));
  const joins = matches.filter((m) => m.action === 'join');
  const alone = [
    ...ledger.filter(isApart).map((row): AllocationGroup => ({ ledger: [row], records: [] })),
    ...records.filter(isApart).map((row): AllocationGroup => ({ ledger: [], records: [row] })),
  ];
  return joins.reduce<readonly AllocationGroup[]>(
    (groups, { keys }) => joinedBy(groups, keys, new Set(namesOf(keys))),
    [...paired, ...alone],
  );
}

/** The groups with those that have one of the names as one; what an earlier join holds stays there. */
function joinedBy(groups: readonly AllocationGroup[], keys: readonly MatchKey[], names: ReadonlySet<string>): AllocationGroup[] {
  const isMember = (g: AllocationGroup): boolean => !g.joined && [...g.ledger, ...g.records].some((row) => names.has(allocationName(row)));
  const members = groups.filter(isMember);
  if (members.length === 0) return [...groups];
  const named = (a: Numbered, b: Numbered): number => Number(names.has(allocationName(b))) - Number(names.has(allocationName(a)));
  const side = (of: 'ledger' | 'records'): Numbered[] => members.flatMap((g) => g[of]).toSorted((a, b) => named(a, b) || compare(a, b));
  return [...groups.filter((g) => !members.includes(g)), { ledger: side('ledger'), records: side('records'), joined: keys }];
}

const compare = (a: Numbered, b: Numbered): number => {
  const [x, y] = [`${a.at} ${allocationName(a)}`, `${b.at} ${allocationName(b)}`];
  return x < y ? -1 : x > y ? 1 : 0;
};
