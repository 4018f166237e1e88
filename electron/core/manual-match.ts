import type { Pair } from './bridge.ts';

/** The pairs whose groups a person may join or split. */
export const matchPairs = [
  'bill-consumption',
  'consumption-summary',
  'consumption-performance',
  'performance-incentive',
  'bill-account',
  'account-adjustment',
] as const satisfies readonly Pair[];
export type MatchPair = (typeof matchPairs)[number];

const performanceFaults = ['missing', 'without-consumption', 'too-low', 'too-high', 'cycle', 'duplicate', 'policy', 'stored-value-card', 'refund-not-reversed', 'refund-over-reversed']; // prettier-ignore
const checksOf: Record<MatchPair, readonly string[]> = {
  'bill-consumption': ['amount', 'duplicate', 'line-without-consumption', 'consumption-without-line', 'cycle', 'settlement'].map(
    (name) => `bill.${name}`,
  ),
  'consumption-summary': ['consumption.summary'],
  'consumption-performance': performanceFaults.map((name) => `performance.${name}`),
  'performance-incentive': ['base', 'rate', 'amount', 'missing', 'no-rate', 'negative'].map((name) => `incentive.${name}`),
  'bill-account': ['deduction-without-bill', 'deducted-twice', 'deduction-amount', 'refund-not-returned', 'bill-without-deduction'].map(
    (name) => `account.${name}`,
  ),
  'account-adjustment': ['account.adjustment'],
};
/** The pairs of the partner's own accounts, whose entries have numbers and need not name a customer or an order. */
export type AccountPair = 'bill-account' | 'account-adjustment';
const isAccountPair = (pair: MatchPair): pair is AccountPair => pair === 'bill-account' || pair === 'account-adjustment';
/** The pair whose groups a check judges; undefined where a finding of it is not about a group that could be joined or split. */
export const pairOfCheck = (code: string): MatchPair | undefined => matchPairs.find((pair) => checksOf[pair].includes(code));

/** An order of a customer; `customer` is the customer id, or '@' and the account name where only that is known. */
export interface OrderKey {
  readonly customer: string;
  readonly tradeId: string;
}
/** A customer's rows without order number of one product, mode and class; '' where they are not told apart by it. */
export interface GrainKey {
  readonly customer: string;
  readonly product: string;
  readonly mode: string;
  readonly class: string;
}
/** The performance and incentive rows of one 业绩ID; they need not name a customer or an order. */
export interface RecordKey {
  readonly performanceId: string;
}
/** An entry of an account, or a record of an adjustment, by its number; one without a number by what its finding is named. */
export interface EntryKey {
  readonly flowId: string;
}
/** A key of rows that belong to a customer. */
export type GroupKey = OrderKey | GrainKey;
/** A business key: never a row id, so that what was said by hand holds after the files were imported again. */
export type MatchKey = GroupKey | RecordKey | EntryKey;

/** join = these keys are one group; split = each of these keys is judged on its own, whatever it would be pooled with. */
export type MatchAction = 'join' | 'split';

export const isOrder = (key: MatchKey): key is OrderKey => 'tradeId' in key;
export const isRecord = (key: MatchKey): key is RecordKey => 'performanceId' in key;
export const isEntry = (key: MatchKey): key is EntryKey => 'flowId' in key;
export const isGroup = (key: MatchKey): key is GroupKey => !isRecord(key) && !isEntry(key);
function parts(key: MatchKey): string[] {
  if (isEntry(key)) return [key.flowId];
  if (isRecord(key)) return [key.performanceId];
  return isOrder(key) ? [key.customer, key.tradeId] : [key.customer, key.product, key.mode, key.class];
}
/** The key as it is written and shown: `customer|trade id`, `customer|product|mode|class`, a 业绩ID or the number of an entry. */
export const keyText = (key: MatchKey): string => parts(key).join('|');

/** Reads `customer|trade id`, `customer|product|mode|class` or one number (`keyFor` knows of what); undefined where it is none of them. */
export function readKey(text: string): MatchKey | undefined {
  const read = text.split('|').map((part) => part.trim());
  const [customer, second, mode, kind] = read;
  if (!customer) return undefined;
  if (second === undefined) return { performanceId: customer };
  if (read.length === 2) return second === '' ? undefined : { customer, tradeId: second };
  return read.length === 4 ? { customer, product: second, mode: mode!, class: kind! } : undefined;
}

/** What of a finding names the rows that it is about. */
export interface NamedFinding {
  readonly key: string;
  readonly code: string;
  readonly tradeId?: string | null | undefined;
  readonly performanceId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly accountName?: string | null | undefined;
}
/** The customer that a finding names, as keys write it. */
export const customerOf = ({ customerId, accountName }: NamedFinding): string | undefined =>
  customerId ?? (accountName ? `@${accountName}` : undefined);

/** The key of the rows that a finding is about: of an incentive its 业绩ID, of an account its entry, else its order; undefined where no group of rows has one. */
export function keyOfFinding(finding: NamedFinding): MatchKey | undefined {
  const { key, performanceId, tradeId } = finding;
  const pair = pairOfCheck(finding.code);
  if (pair === undefined) return undefined;
  if (isAccountPair(pair) && !ofOrder.includes(finding.code)) return { flowId: businessOf(key) };
  if (ofOrder.includes(finding.code) && !tradeId) return undefined;
  if (pair !== 'performance-incentive') return groupKeyOf(key, tradeId ?? null);
  if (performanceId) return { performanceId };
  const customer = customerOf(finding);
  return customer !== undefined && tradeId ? { customer, tradeId } : undefined;
}

/** What tells a finding's rows from others in a list: an order, an entry of an account, else nothing. */
export function shortName(finding: NamedFinding): string | undefined {
  if (finding.tradeId) return finding.tradeId;
  const key = keyOfFinding(finding);
  return key && isEntry(key) ? key.flowId : undefined;
}

/** What no entry of an account is there for is named by its order. */
const ofOrder = ['account.refund-not-returned', 'account.bill-without-deduction'];

/** From the finding's own key: `code|cycle|business key`, repeats `#n`. */
const businessOf = (findingKey: string): string => findingKey.replace(/#\d+$/, '').split('|').slice(2).join('|');
function groupKeyOf(findingKey: string, tradeId: string | null): GroupKey | undefined {
  const business = businessOf(findingKey);
  const rest = business.split('|');
  if (tradeId !== null) {
    const customer = business.endsWith(`|${tradeId}`) ? business.slice(0, -tradeId.length - 1) : '';
    return customer === '' ? undefined : { customer, tradeId };
  }
  const [kind, mode, product] = [rest.pop(), rest.pop(), rest.pop()];
  const customer = rest.join('|');
  return customer === '' || product === undefined ? undefined : { customer, product, mode: mode!, class: kind! };
}

/** Performance is told apart by customer and product where it has no order number, nothing finer; a number alone is a 业绩ID, of accounts an entry's. */
export function keyFor(pair: MatchPair, key: MatchKey): MatchKey {
  if (isRecord(key) && isAccountPair(pair)) return { flowId: key.performanceId };
  return pair === 'bill-consumption' || pair === 'consumption-summary' || !isGroup(key) || isOrder(key)
    ? key
    : { ...key, mode: '', class: '' };
}

/** Could a row belong to both keys? An empty product, mode or class is any. */
export function overlaps(a: MatchKey, b: MatchKey): boolean {
  if (isRecord(a) || isRecord(b)) return isRecord(a) && isRecord(b) && a.performanceId === b.performanceId;
  if (isEntry(a) || isEntry(b)) return isEntry(a) && isEntry(b) && a.flowId === b.flowId;
  if (a.customer !== b.customer) return false;
  if (isOrder(a) || isOrder(b)) return isOrder(a) && isOrder(b) && a.tradeId === b.tradeId;
  const alike = (x: string, y: string): boolean => x === '' || y === '' || x === y;
  return alike(a.product, b.product) && alike(a.mode, b.mode) && alike(a.class, b.class);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The keys in their one order, so that the order in which they were named never matters. */
export const sortKeys = (keys: readonly MatchKey[]): MatchKey[] =>
  [...keys].sort((a, b) => compareText(JSON.stringify(parts(a)), JSON.stringify(parts(b))));

/** What a person said, as far as it decides: two matches are ordered by it, and a run's identity holds it. */
export interface Said {
  readonly pair: MatchPair;
  readonly action: MatchAction;
  readonly keys: readonly MatchKey[];
}
const saidText = (m: Said): string => JSON.stringify([m.pair, m.action, m.keys.map(parts)]);
export const sortMatches = <M extends Said>(matches: readonly M[]): M[] =>
  [...matches].sort((a, b) => compareText(saidText(a), saidText(b)));
/** The matches of a month as one text, the same whatever order they were made in. */
export const matchesText = (matches: readonly Said[]): string => sortMatches(matches).map(saidText).join('\n');
