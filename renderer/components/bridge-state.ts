import type { BuiltBridge } from '../stores/month.ts';
import { isZero } from './amounts.ts';

/**
 * What a bridge leaves to look at: nothing; findings that take nothing from it (`beside`: a bill that was not deducted is in its step, and a finding
 * all the same); or amounts without explanation, also where they cancel each other out to 0.
 */
export function bridgeState({ unexplained, found }: BuiltBridge): 'explained' | 'beside' | 'open' {
  if (!isZero(unexplained) || found.moving > 0) return 'open';
  return found.all === 0 ? 'explained' : 'beside';
}
