import type { Bridge, Pair, SkippedBridge } from './bridge.ts';
import { checkCodes, type CheckCode } from './checks.ts';
import type { Finding } from './finding.ts';
import type { Money } from './money.ts';

/** A finding as far as two results of one month are compared by it; amounts in 1e-8 yuan. */
export type Standing = Pick<Finding, 'key' | 'code' | 'severity' | 'expected' | 'stated' | 'difference' | 'reason'>;

/** new = it stands in the later result only; gone = in the earlier only; changed = another amount or severity under the same key. */
export type Change = 'new' | 'gone' | 'changed';

/** One finding that differs between two results; of a gone one it says what it was. */
export interface FindingChange extends Pick<Standing, 'key' | 'code' | 'severity' | 'difference' | 'reason'> {
  readonly change: Change;
  /** What it was, where it changed. */
  readonly before?: Pick<Standing, 'severity' | 'difference'>;
}
/** How many findings changed, all of them, also by code in the catalogue's order; the first `listedChanges` one by one. */
export interface FindingChanges extends Readonly<Record<Change, number>> {
  readonly counts: readonly ({ readonly code: CheckCode } & Readonly<Record<Change, number>>)[];
  readonly findings: readonly FindingChange[];
}
/** So many changed findings are listed one by one; all are counted. */
export const listedChanges = 200;

/**
 * What differs between two results of a month: gone and changed ones in the earlier result's order, then the new ones. Two findings of one key are
 * the same one; another wording alone is no change.
 */
export function compareFindings(before: readonly Standing[], after: readonly Standing[]): FindingChanges {
  const later = new Map(after.map((f) => [f.key, f]));
  const earlier = new Set(before.map((f) => f.key));
  const kept = before.flatMap((was): FindingChange[] => {
    const is = later.get(was.key);
    if (!is) return [told('gone', was)];
    const { severity, difference } = was;
    return same(was, is) ? [] : [{ ...told('changed', is), before: { severity, difference } }];
  });
  const all = [...kept, ...after.filter((f) => !earlier.has(f.key)).map((f) => told('new', f))];
  const count = (change: Change, code?: CheckCode): number => all.filter((f) => f.change === change && (code ?? f.code) === f.code).length;
  const codes = new Set(all.map((f) => f.code));
  const counted = (code?: CheckCode) => ({ new: count('new', code), gone: count('gone', code), changed: count('changed', code) });
  return {
    ...counted(),
    counts: checkCodes.filter((code) => codes.has(code)).map((code) => ({ code, ...counted(code) })),
    findings: all.slice(0, listedChanges),
  };
}

const told = (change: Change, { key, code, severity, difference, reason }: Standing): FindingChange => ({
  change,
  key,
  code,
  severity,
  difference,
  reason,
});
const same = (a: Standing, b: Standing): boolean => a.severity === b.severity && a.expected === b.expected && a.stated === b.stated;

/** An end, a step or the unexplained of a bridge that is another amount; absent where that result had no such bridge. */
export interface StepChange {
  readonly pair: Pair;
  /** A step's name, or `left`, `right`, `unexplained`. */
  readonly step: string;
  readonly before?: Money;
  readonly after?: Money;
}

/** Every amount of the bridges that differs between two results, pair by pair in the order of a bridge. */
export function compareBridges(before: readonly (Bridge | SkippedBridge)[], after: readonly (Bridge | SkippedBridge)[]): StepChange[] {
  const amounts = (bridges: readonly (Bridge | SkippedBridge)[], pair: Pair): ReadonlyMap<string, Money> | undefined => {
    const found = bridges.find((b) => b.pair === pair);
    return found && 'left' in found ? amountsOf(found) : undefined;
  };
  return after.flatMap(({ pair }) => {
    const [was, is] = [amounts(before, pair), amounts(after, pair)];
    return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].flatMap((step): StepChange[] => {
      const [from, to] = [was?.get(step), is?.get(step)];
      if (from === to) return [];
      return [{ pair, step, ...(from !== undefined && { before: from }), ...(to !== undefined && { after: to }) }];
    });
  });
}

const amountsOf = (bridge: Bridge): ReadonlyMap<string, Money> =>
  new Map([
    ['left', bridge.left.total],
    ...bridge.steps.map((s) => [s.step, s.amount] as const),
    ['unexplained', bridge.unexplained],
    ['right', bridge.right.total],
  ]);
