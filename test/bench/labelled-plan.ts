import { monthAfter } from '../fixtures/calendar.ts';
import { codesOn, injectableCodes, monthNeeded, togetherCodes, type ErrorOrder } from '../fixtures/errors/inject.ts';
import type { Placing } from '../fixtures/errors/placing.ts';
import { generate, type GenerateOptions, type World } from '../fixtures/generate.ts';
import { Random } from '../fixtures/random.ts';
import { tinyLifeOf, varietyOf } from '../fixtures/variety.ts';

/** In the order in which a seed goes through them. */
export const modes = ['clean', 'tiny', 'alone', 'two', 'refunds', 'edges', 'changed', 'subs', 'split', 'combined', 'shared', 'together', 'together-two', 'together-refunds', 'together-edges', 'together-odd', 'inside', 'alone-inside', 'together-inside', 'several'] as const;
export type Mode = (typeof modes)[number];

/** One world to judge: a seed, a mode, and the code that the mode is about (empty where it is about all). */
export interface Case {
  readonly seed: number;
  readonly scale: number;
  readonly mode: Mode;
  readonly code: string;
}

export const nameOf = ({ seed, scale, mode, code }: Case): string => [seed, scale, mode, code].join(' ').trim();

/** Where the errors of a mode lie. */
const placings: Partial<Record<Mode, Placing | 'odd'>> = {
  refunds: 'refund',
  edges: 'monthEdge',
  changed: 'changed',
  subs: 'subs',
  split: 'split',
  combined: 'combined',
  shared: 'shared',
  'together-refunds': 'refund',
  'together-edges': 'monthEdge',
  'together-odd': 'odd',
};

/** The bill's settlement holds the tax, and its lines print no due (rules §1.5). */
const isInside = (mode: Mode): boolean => mode.endsWith('inside');

/** The codes that a mode goes through one by one; none for a mode about all of them. */
function codesOf(mode: Mode): readonly string[] | undefined {
  if (mode === 'alone' || mode === 'alone-inside' || mode === 'two') return injectableCodes;
  const placing = placings[mode];
  return placing === undefined || mode.startsWith('together') ? undefined : codesOn(placing as Placing);
}

export interface Wanted {
  readonly modes: readonly Mode[];
  readonly prefix: string;
  /** Codes that are left out: a month of a million rows has no memory for a second version of itself. */
  readonly without: readonly string[];
  /** Another number of months than the seed's own. */
  readonly months?: number | undefined;
  /** Of the modes that go code by code a seed takes every share-th code, the next seed the next ones. */
  readonly share: number;
}

/** What one seed goes through. */
export function casesOf(seed: number, scale: number, { modes: chosen, prefix, share, without }: Wanted): Case[] {
  return modes
    .filter((mode) => chosen.includes(mode))
    .flatMap((mode): Case[] => {
      const codes = (codesOf(mode) ?? ['']).filter((code) => code === '' || (code.startsWith(prefix) && !without.includes(code)));
      return codes.filter((code, i) => code === '' || (i + seed) % share === 0).map((code) => ({ seed, scale, mode, code }));
    });
}

/** The clean world of a seed; with each sort of order that an error needs. */
export function cleanOptions(seed: number, scale: number, months?: number): GenerateOptions {
  const { name: _, ...life } = varietyOf(seed);
  const variety = { ...life.variety, odd: 2, bills: 2, plans: true };
  return { seed, scale, ...life, variety, certain: 2, apart: true, billParts: seed % 5 === 3, ...(months !== undefined && { months }) };
}

/** The same life with tax in the settlement of every bill, or beside its total only; who prints it, what an account deducts, and the rate, differ from seed to seed. */
function insideOptions(seed: number): Partial<GenerateOptions> {
  const taxRate = seed % 2 === 0 ? 600 : 1300;
  if (seed % 6 === 5) return { taxRate, taxOnTotal: true, deductions: 'customerAmount' };
  const onTotal = seed % 3 === 1 && { taxOnTotal: true, taxFromFile: seed % 2 === 0 };
  return { taxRate, taxInside: true, ...onTotal, deductions: seed % 4 < 2 ? 'due' : 'customerAmount' };
}

/** The month that the errors are put into: one that a next one follows, in every other round of two months the last one. */
function monthOf(seed: number, code: string, mode: Mode, wanted = varietyOf(seed).months): string {
  const { firstMonth, months } = { ...varietyOf(seed), months: wanted };
  const isLast = months === 2 && seed % 16 > 7 && (mode === 'alone' || mode === 'two') && monthNeeded(code) !== 'next';
  const at = months > 2 || isLast ? 1 : 0;
  return monthAfter(firstMonth, at);
}

const all = { prefix: '', without: [] };

/** One to a dozen codes by chance, each once or twice in a month, in any months. */
function severalOf(random: Random, codes: readonly string[], { firstMonth = '', months = 1, onSpecial = 'any' }: GenerateOptions): ErrorOrder[] {
  // At the edge of the last month there is nothing for certain.
  const possible = months - (onSpecial === 'any' || onSpecial === 'refund' ? 0 : 1);
  const orders = Array.from({ length: random.between(1, 12) }, (): ErrorOrder => {
    const code = random.pick(codes);
    const month = monthAfter(firstMonth, monthNeeded(code) === 'next' ? 0 : random.below(possible));
    return { code, month, count: random.between(1, 2) };
  });
  return [...new Map(orders.map((o) => [`${o.code} ${o.month}`, o])).values()];
}

/** So many more rows are enough for what a month lacks; a large one is made with more of each rare sort at once, for it takes long to make again. */
const growth = 1000;

/** The world of a case. All errors together need more orders than one does: the month grows until each has its own. */
export function worldOf({ seed, scale, mode, code }: Case, { prefix, without, months }: Pick<Wanted, 'prefix' | 'without' | 'months'> = all): World {
  const life = { ...cleanOptions(seed, scale, months), ...(isInside(mode) && insideOptions(seed)) };
  if (mode === 'clean' || mode === 'inside') return generate(life);
  if (mode === 'tiny') return generate({ seed, ...tinyLifeOf(seed) });
  const fits = (c: string): boolean => c.startsWith(prefix) && !without.includes(c) && (months !== 1 || monthNeeded(c) === undefined);
  const codes = code === '' ? togetherCodes(seed).filter(fits) : [code];
  const month = monthOf(seed, code, mode, months);
  const count = mode === 'two' || mode === 'together-two' ? 2 : 1;
  const random = new Random(seed ^ 0x5e7e4a1);
  const onSpecial = mode === 'several' ? random.pick(['any', 'refund', 'monthEdge', 'odd'] as const) : (placings[mode] ?? 'any');
  const errors: ErrorOrder[] = mode === 'several' ? severalOf(random, codes, { ...cleanOptions(seed, scale, months), onSpecial }) : codes.map((c) => ({ code: c, month, count }));
  for (let more = scale > growth ? 2 : 0; ; more++) {
    try {
      const variety = { ...life.variety, odd: 2 + 2 * more, bills: 2 + more };
      return generate({ ...life, variety, scale: scale + Math.min(scale, growth) * more, certain: 2 + 2 * more, errors, onSpecial });
    } catch (error) {
      if (more === 39 || !(error as Error).message.startsWith('no candidate')) throw error;
    }
  }
}
