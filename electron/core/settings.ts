import { readDueDay, writeDueDay, type DueDay } from './due-date.ts';
import { formatMoney, parseMoney, type Money } from './money.ts';
import type { PeriodLength } from './period.ts';

/**
 * The named, editable settings with where each default comes from (handbook: rules). Stored as text by name; what differs by contract,
 * site or period is here and never a constant in a check.
 */
export interface Settings {
  /** 抹零: how a charge becomes money. */
  readonly regime: 'truncatePerCharge' | 'roundTotal' | 'exact';
  /** Tax of a bill whose lines print no due: inside their settlement, added to it, or as the bill's total says. */
  readonly billTax: 'fromFile' | 'inside' | 'outside';
  /** Credit payment counts as performance. */
  readonly creditCounts: boolean;
  /** Write-off of debt counts as performance. */
  readonly writeOffCounts: boolean;
  /** Allowed difference of performance per row, 1e-8 yuan. */
  readonly performanceTolerance: Money;
  /** A customer manager's first day. */
  readonly managerEffective: 'nextDay' | 'sameDay';
  /** Product types whose performance falls in the next month, besides those marked in the product-policy table. */
  readonly monthlySettledProducts: readonly string[];
  /** Product types that are the purchase of a stored-value card. */
  readonly storedValueCardProducts: readonly string[];
  /** The reached tier's rate applies to the whole base, or each slice has its own. */
  readonly tierMethod: 'whole' | 'progressive';
  readonly tierBoundary: 'atLeast' | 'moreThan';
  /** Plans whose contract says otherwise, by name. */
  readonly tierMethodByPlan: ByPlan<'whole' | 'progressive'>;
  readonly tierBoundaryByPlan: ByPlan<'atLeast' | 'moreThan'>;
  /** Over which time the indicator of a plan is counted, where its indicator table does not say; a month where nothing does. */
  readonly indicatorPeriodByPlan: ByPlan<PeriodLength>;
  /** When a month's bill has to be paid; null where the person has not said. */
  readonly billDueDate: DueDay | null;
  /** How many days before a typed deadline its open findings are called. */
  readonly deadlineDays: number;
  /** Calendar days from the receipt of a qualified invoice to the promised payment. */
  readonly paymentDays: number;
  /** Working days that a withdrawal takes, about. */
  readonly withdrawalDays: number;
  readonly sellerName: string;
  readonly sellerTaxNumber: string;
  readonly financeContact: string;
  readonly financePhone: string;
  /** Where the vendor may send letters back to: the sender of address labels. */
  readonly senderAddress: string;
  readonly language: 'zh' | 'en';
}
/** A choice for single incentive plans, by plan name. */
export type ByPlan<T> = Readonly<Record<string, T>>;
/** What holds for a plan, if anything is said of it. */
export const ofPlan = <T>(choices: ByPlan<T>, plan: string): T | undefined => (Object.hasOwn(choices, plan) ? choices[plan] : undefined);
export type SettingKey = keyof Settings;

interface SettingRule<K extends SettingKey> {
  readonly fallback: Settings[K];
  readonly source: string;
  /** Text to value; undefined where it does not fit. */
  read(text: string): Settings[K] | undefined;
  write(value: Settings[K]): string;
  /** What may be written, for the message that refuses something else. */
  readonly accepts: string;
}

const choice = <const T extends string>(fallback: T, options: readonly T[], source: string) => ({
  fallback,
  source,
  read: (text: string): T | undefined => options.find((o) => o === text),
  write: (value: T): string => value,
  accepts: options.join(' | '),
});
const flag = (fallback: boolean, source: string) => ({
  fallback,
  source,
  read: (text: string): boolean | undefined => (text === 'true' ? true : text === 'false' ? false : undefined),
  write: String,
  accepts: 'true | false',
});
const text = (source: string) => ({
  fallback: '',
  source,
  read: (t: string): string => t.trim(),
  write: (v: string) => v,
  accepts: 'text',
});
const days = (fallback: number, source: string) => ({
  fallback,
  source,
  read: (t: string): number | undefined => (/^[1-9]\d{0,2}$/.test(t.trim()) ? Number(t) : undefined),
  write: (v: number): string => String(v),
  accepts: '1–999',
});
const list = (source: string) => ({
  fallback: [] as readonly string[],
  source,
  read: (t: string): readonly string[] =>
    t
      .split(/[;；,，\n]/)
      .map((s) => s.trim())
      .filter(Boolean),
  write: (v: readonly string[]): string => v.join(';'),
  accepts: 'a;b;c',
});
const byPlan = <const T extends string>(options: readonly T[], source: string) => ({
  fallback: {} as ByPlan<T>,
  source,
  read: (t: string): ByPlan<T> | undefined => {
    const entries = t
      .split(/[;；\n]/)
      .map((s) => s.trim())
      .filter(Boolean)
      .map((s) => {
        const at = Math.max(s.lastIndexOf('='), s.lastIndexOf('＝'));
        return [s.slice(0, Math.max(at, 0)).trim(), options.find((o) => o === s.slice(at + 1).trim())] as const;
      });
    return entries.every(([plan, value]) => plan !== '' && value !== undefined) ? (Object.fromEntries(entries) as ByPlan<T>) : undefined;
  },
  write: (v: ByPlan<T>): string =>
    Object.entries(v)
      .map(([plan, value]) => `${plan}=${value}`)
      .join(';'),
  accepts: `plan=${options.join('|')};…`,
});

export const settingRules: { readonly [K in SettingKey]: SettingRule<K> } = {
  regime: choice(
    'truncatePerCharge',
    ['truncatePerCharge', 'roundTotal', 'exact'],
    'China site: charged per trade id, decimals 3–8 dropped (documented)',
  ),
  billTax: choice(
    'fromFile',
    ['fromFile', 'inside', 'outside'],
    'Documented both ways: the printed due decides, else the bill total; without either it is added',
  ),
  creditCounts: flag(true, 'Not public; default counts'),
  writeOffCounts: flag(false, 'Not public; default does not count'),
  performanceTolerance: {
    fallback: 0n,
    source: 'Exact unless the profile says otherwise',
    read: (t) => {
      const amount = parseMoney(t);
      return amount !== undefined && amount >= 0n ? amount : undefined;
    },
    write: formatMoney,
    accepts: 'amount ≥ 0, e.g. 0.01',
  },
  managerEffective: choice('nextDay', ['nextDay', 'sameDay'], 'Documents disagree; default next day'),
  monthlySettledProducts: list("CDN and 95-peak are settled monthly (documented); the list is the user's"),
  storedValueCardProducts: list("The user's own"),
  tierMethod: choice('whole', ['whole', 'progressive'], 'Documented: the reached tier applies to the whole base'),
  tierBoundary: choice('atLeast', ['atLeast', 'moreThan'], 'Default: a tier is reached at its threshold'),
  tierMethodByPlan: byPlan(['whole', 'progressive'], 'Plans whose contract differs from the line above'),
  tierBoundaryByPlan: byPlan(['atLeast', 'moreThan'], 'Plans whose contract differs from the line above'),
  indicatorPeriodByPlan: byPlan(
    ['month', 'quarter', 'halfYear', 'year'],
    "The plan's contract; the period of an imported indicator table comes first, default month",
  ),
  billDueDate: {
    fallback: null,
    source: 'By contract; empty: not checked. 20 = the 20th of the next month; 20+1 = of the month after it',
    read: readDueDay,
    write: writeDueDay,
    accepts: '20 (the 20th of the next month), 20+1 (of the month after it); empty: none',
  },
  deadlineDays: days(7, 'Our choice: a week before the typed date'),
  paymentDays: days(15, 'Documented: 15 calendar days after the receipt of a qualified invoice (international site: 30)'),
  withdrawalDays: days(7, 'Documented: about 7 working days'),
  sellerName: text('Company profile'),
  sellerTaxNumber: text('Company profile'),
  financeContact: text('Company profile'),
  financePhone: text('Company profile'),
  senderAddress: text('Company profile'),
  language: choice('zh', ['zh', 'en'], 'Chinese first'),
};

/** Settings of the window, of the board and of what is printed: no check reads them, so changing one leaves every month's result standing. */
export const outwardSettings: readonly SettingKey[] = ['language', 'financeContact', 'financePhone', 'senderAddress', 'withdrawalDays'];

export const settingKeys = Object.keys(settingRules) as SettingKey[];
export const isSettingKey = (key: string): key is SettingKey => key in settingRules;

/** Stored texts to settings; an unknown name or a text that does not fit falls back to the default. */
export function readSettings(stored: ReadonlyMap<string, string>): Settings {
  const entries = settingKeys.map((key) => {
    const rule: { fallback: unknown; read(t: string): unknown } = settingRules[key];
    const raw = stored.get(key);
    return [key, raw === undefined ? rule.fallback : (rule.read(raw) ?? rule.fallback)];
  });
  return Object.fromEntries(entries) as unknown as Settings;
}
