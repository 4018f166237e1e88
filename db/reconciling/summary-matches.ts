import { isGroup, isOrder, type GrainKey, type MatchKey } from '../../electron/core/manual-match.ts';
import { appliedGroups } from '../manual-matches.ts';
import type { RunContext } from './context.ts';
import type { Grain } from './summary-grains.ts';

/** Grains that a person joined, or said to stand alone. */
export interface SaidGrains {
  readonly keys: readonly MatchKey[];
  readonly joined: boolean;
  readonly grains: Grain[];
}

/** Takes the grains that a person joined or set apart, as they come; every other one is left to be judged as ever. */
export class SummaryMatches {
  readonly #said: readonly SaidGrains[];

  constructor({ db, cycle }: RunContext) {
    this.#said = appliedGroups(db, cycle, 'consumption-summary').flatMap(({ action, keys }): SaidGrains[] =>
      action === 'join' ? [{ keys, joined: true, grains: [] }] : keys.map((key) => ({ keys: [key], joined: false, grains: [] })),
    );
  }
  /** Nothing was said of any grain. */
  get none(): boolean {
    return this.#said.length === 0;
  }
  /** True where the grain belongs to something that was said. */
  take(grain: Grain): boolean {
    const mine = this.#said.find(({ keys }) => keys.some((key) => isGroup(key) && !isOrder(key) && fits(grain, key)));
    mine?.grains.push(grain);
    return mine !== undefined;
  }
  taken(): readonly SaidGrains[] {
    return this.#said.filter(({ grains }) => grains.length > 0);
  }
}

const fits = (grain: Grain, key: GrainKey): boolean =>
  grain.customer_key === key.customer &&
  (key.product === '' || key.product === grain.product_type) &&
  (key.mode === '' || key.mode === grain.billing_mode) &&
  (key.class === '' || key.class === grain.bill_class);
