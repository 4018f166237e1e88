import { inForceOn, judgeAttribution, sameName, type Attribution, type HistoryEntry } from '../../electron/core/judging/attribution.ts';
import type { Text } from '../../electron/core/finding.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { readTag, tagWords } from '../../electron/core/policy.ts';
import type { RunContext } from './context.ts';
import { tagHistory } from './incentive-policy.ts';

export interface AttributionCheck {
  readonly code: 'performance.manager' | 'performance.reseller' | 'performance.new-customer';
  /** The user's table that knows better, and the column of performance that is compared with it. */
  readonly table: Kind;
  readonly column: 'account_manager' | 'reseller_name' | 'new_customer_tag';
  readonly what: Text;
  /** What the table says of each customer; an entry whose value is `silent` says nothing. */
  readonly history: ReadonlyMap<string, readonly HistoryEntry[]>;
  readonly silent: null | undefined;
  /** SQL over `performance p`: what the row states, as the history writes it; NULL where that takes more than SQL to tell. */
  readonly statedSql: string;
  readonly judge: (customerId: string, stated: string | null, day: string) => Attribution;
  /** What is right, for the text of a finding. */
  readonly right: (customerId: string, day: string) => string;
}

/** What performance rows state of their customer, against the user's own tables. */
export const attributionChecks = (context: RunContext): AttributionCheck[] => [
  managerCheck(context),
  resellerCheck(context),
  tagCheck(context),
];

/** A history of the user's by customer id, its entries in the order in which they took effect. */
export function readHistory({ db }: RunContext, table: string, column: string): Map<string, HistoryEntry[]> {
  const rows = db
    .prepare<[], HistoryEntry & { readonly customer_id: string }>(
      `SELECT customer_id, ${column} AS value, substr(valid_from, 1, 10) AS "from", substr(valid_to, 1, 10) AS "to" FROM ${table}
        WHERE in_force = 1 ORDER BY customer_id, coalesce(valid_from, ''), coalesce(${column}, '')`,
    )
    .all();
  return Map.groupBy(rows, (row) => row.customer_id);
}

function byHistory(of: ReadonlyMap<string, readonly HistoryEntry[]>, nextDay: boolean) {
  return {
    history: of,
    silent: undefined,
    judge: (id, stated, day) => judgeAttribution(of.get(id) ?? [], stated, day, nextDay),
    right: (id, day) => inForceOn(of.get(id) ?? [], day, nextDay ? 1 : 0)?.value ?? '',
  } satisfies Partial<AttributionCheck>;
}

function managerCheck(context: RunContext): AttributionCheck {
  return {
    code: 'performance.manager',
    table: 'manager-history',
    column: 'account_manager',
    what: { zh: '客户经理', en: 'account manager' },
    statedSql: 'p.account_manager',
    ...byHistory(readHistory(context, 'manager_history', 'account_manager'), context.settings.managerEffective === 'nextDay'),
  };
}

function resellerCheck(context: RunContext): AttributionCheck {
  return {
    code: 'performance.reseller',
    table: 'association-history',
    column: 'reseller_name',
    what: { zh: '云经销商', en: 'reseller' },
    statedSql: 'p.reseller_name',
    ...byHistory(readHistory(context, 'association_history', 'reseller_name'), false),
  };
}

function tagCheck(context: RunContext): AttributionCheck {
  const tags = tagHistory(context.db);
  const tagOf = (id: string, day: string): string | null => inForceOn(tags.get(id) ?? [], day, 0)?.value ?? null;
  const cases = (['Y', 'N'] as const).flatMap((tag) => [tag, ...tagWords[tag]].map((word) => `WHEN '${word}' THEN '${tag}'`));
  return {
    code: 'performance.new-customer',
    table: 'customer',
    column: 'new_customer_tag',
    what: { zh: '新客标签', en: 'new-customer tag' },
    history: tags,
    silent: null,
    statedSql: `CASE p.new_customer_tag ${cases.join(' ')} END`,
    judge: (id, stated, day) => {
      const right = tagOf(id, day);
      const tag = readTag(stated);
      return right === null || tag === null ? 'unknown' : sameName(right, tag) ? 'right' : 'wrong';
    },
    right: (id, day) => tagOf(id, day) ?? '',
  };
}
