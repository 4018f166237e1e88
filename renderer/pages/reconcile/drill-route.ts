import { places } from '../../../electron/contract.ts';
import { pairs, type Pair } from '../../../electron/core/bridge.ts';
import { go } from '../../stores/session.ts';

export type Place = (typeof places)[number];

/** What of a pair is looked into; `all`: every group where its rows end. */
export type DrillTarget = { readonly step: string } | { readonly place: Place } | { readonly all: true };

/** What the route asks to look into; undefined where it shows the bridges. */
export function drillOf(params: Readonly<Record<string, string>>): { readonly pair: Pair; readonly target: DrillTarget } | undefined {
  const pair = pairs.find((p) => p === params['pair']);
  if (!pair) return undefined;
  const place = places.find((p) => p === params['place']);
  if (place) return { pair, target: { place } };
  const step = params['step'];
  if (step === undefined) return undefined;
  return { pair, target: step === 'all' ? { all: true } : { step } };
}

/** Looks into a pair; the browser's way back leads out of it. */
export function goInto(pair: string, target: DrillTarget): void {
  const where: Record<string, string> =
    'all' in target ? { step: 'all' } : 'step' in target ? { step: target.step } : { place: target.place };
  go('reconcile', { params: { pair, ...where } });
}
