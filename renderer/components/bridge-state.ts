import { unjudgedSteps } from '../../electron/core/bridge.ts';
import type { BuiltBridge } from '../stores/month.ts';
import { isZero } from './amounts.ts';

/**
 * What a bridge leaves to look at: nothing; what was not judged, as a file is missing (`unjudged`); findings that take nothing from it (`beside`: a bill
 * that was not deducted is in its step, and a finding all the same); or amounts without explanation, also where they cancel each other out to 0.
 */
export function bridgeState({ unexplained, found, steps }: BuiltBridge): 'explained' | 'unjudged' | 'beside' | 'open' {
  if (!isZero(unexplained) || found.moving > 0) return 'open';
  if (found.all > 0) return 'beside';
  return steps.some(({ step, rows }) => rows > 0 && unjudgedSteps.includes(step)) ? 'unjudged' : 'explained';
}
