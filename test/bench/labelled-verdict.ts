import type { TruthFinding, World } from '../fixtures/generate.ts';
import { line, matches, named, type Found, type MonthResult, type Workspace } from '../month/harness.ts';
import { skipsOf } from './labelled-skips.ts';

/** What a reconciliation of all months of a world says, held against the truth to the last digit. */
export interface Verdict {
  readonly labels: number;
  /** Truths that no finding is about. */
  readonly missed: string[];
  /** Truths that a finding is about, with another amount or severity. */
  readonly inexact: string[];
  readonly falseDisputes: string[];
  /** Findings of any other severity that no truth is about. */
  readonly falseReviews: string[];
  readonly bridges: number;
  /** Bridges that do not add up, or whose unexplained amount is not the sum of its findings. */
  readonly open: string[];
  /** Bridges that were not built though the world has both sides of them, or that say that another file is missing. */
  readonly unbuilt: string[];
  /** Why the others were not built: a side of them is in no file. */
  readonly sideless: string[];
  /** Checks that lacked an input. */
  readonly skipped: string[];
}

/** Reconciles every month and judges what it says. */
export function verdictOf(workspace: Workspace, world: World): Verdict {
  const results = world.months.map((month) => workspace.reconcile(month));
  const found = results.flatMap((r) => r.findings);
  const left = world.truth.filter((truth) => !take(found, (f) => matches(f, truth)));
  const near = left.map((truth) => [truth, take(found, (f) => isAbout(f, truth))] as const);
  const skips = results.map((result, i) => skipsOf(world, world.months[i]!, result));
  const checks = new Set(results.flatMap((r) => r.checks.flatMap((c) => (c.skipped === undefined ? [] : [c.code]))));
  return {
    labels: world.truth.length,
    missed: near.flatMap(([truth, other]) => (other ? [] : [line(truth)])),
    inexact: near.flatMap(([truth, other]) => (other ? [`${line(truth)} ≠ ${line(other)}`] : [])),
    falseDisputes: found.filter((f) => f.severity === 'dispute').map(line),
    falseReviews: found.filter((f) => f.severity !== 'dispute').map(line),
    bridges: results.reduce((n, r) => n + r.bridges.length, 0),
    open: results.flatMap((r, i) => r.bridges.flatMap((b) => openBridge(b).map((why) => `${world.months[i]} ${b.pair}: ${why}`))),
    unbuilt: skips.flatMap((s) => s.wrongly),
    sideless: skips.flatMap((s) => s.rightly),
    skipped: [...checks],
  };
}

/** Removes the first that fits, and gives it. */
function take(found: Found[], fits: (f: Found) => boolean): Found | undefined {
  const at = found.findIndex(fits);
  return at < 0 ? undefined : found.splice(at, 1)[0];
}

const isAbout = (found: Found, truth: TruthFinding): boolean =>
  found.code === truth.code &&
  found.billingCycle === truth.billingCycle &&
  named.every((k) => truth[k] === undefined || found[k] === truth[k]);

const amount = (text: string): bigint => BigInt(text.replace('.', ''));

/** The sums of a bridge made again from what it tells. */
function openBridge(bridge: MonthResult['bridges'][number]): string[] {
  if (!('steps' in bridge)) return [];
  const sum = (list: readonly { readonly amount: string }[]): bigint => list.reduce((n, x) => n + amount(x.amount), 0n);
  const rest = amount(bridge.left.total) + sum(bridge.steps) + amount(bridge.unexplained) - amount(bridge.right.total);
  const unfound = amount(bridge.unexplained) - sum(bridge.unexplainedFindings);
  return [
    ...(rest === 0n ? [] : [`left + steps + unexplained − right = ${rest} (1e-8 yuan)`]),
    ...(unfound === 0n ? [] : [`unexplained − findings = ${unfound} (1e-8 yuan)`]),
  ];
}
