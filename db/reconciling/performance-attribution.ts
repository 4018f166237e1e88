import { inForceOn, judgeAttribution, sameName, type Attribution, type HistoryEntry } from '../../electron/core/judging/attribution.ts';
import type { Candidate, FindingDraft, Text } from '../../electron/core/finding.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { displayMoney } from '../../electron/core/money.ts';
import { readTag } from '../../electron/core/policy.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { customerIdSql } from '../customer-keys.ts';
import type { CheckReport, Outcome, RunContext } from './context.ts';
import { customerTags } from './incentive-policy.ts';
import { monthRows } from './rows-of.ts';
import { prepared } from '../prepared.ts';

type Code = 'performance.manager' | 'performance.reseller' | 'performance.new-customer';
interface AttributionCheck {
  readonly code: Code;
  /** The user's table that knows better, and the column of performance that is compared with it. */
  readonly table: Kind;
  readonly column: 'account_manager' | 'reseller_name' | 'new_customer_tag';
  /** What the table says of a customer's stated value on a day; undefined where the table knows nothing of the customer at all. */
  readonly judge: (customerId: string, stated: string | null, day: string) => Attribution;
  readonly right: (customerId: string, day: string) => string;
  readonly what: Text;
}

/** Performance rows against the user's own tables: manager, reseller and new-customer tag at trade time. They move no money: difference 0. */
export function attributionOutcome(context: RunContext): Outcome {
  const { cycle } = context;
  const checks = [managerCheck(context), resellerCheck(context), tagCheck(context)];
  const skipped = new Map(checks.map((check) => [check, reasonToSkip(context, check)]));
  const compared = compare(
    context,
    checks.filter((check) => skipped.get(check) === undefined),
  );
  const findings: FindingDraft[] = [];
  const reports = checks.map(({ code, what }): CheckReport => {
    const result = compared.get(code);
    const why = [...skipped].find(([check]) => check.code === code)?.[1];
    if (!result) return { code, compared: 0, ...(why === undefined ? {} : { skipped: why }) };
    findings.push(...result.wrong);
    return result.rows > 0 ? { code, compared: result.rows } : { code, compared: 0, skipped: incomparable(cycle, what) };
  });
  return { findings, checks: reports };
}

/** What a check lacks: a file, a table of the user's, or the column. */
function reasonToSkip(context: RunContext, check: AttributionCheck): string | undefined {
  const { db, cycle } = context;
  const missing = [
    ...(context.has('performance', cycle) ? [] : [{ kind: 'performance' as const, cycle }]),
    ...(context.has(check.table, '') ? [] : [{ kind: check.table, cycle: '' }]),
  ];
  if (missing.length > 0) return missingFiles(missing);
  const stated = db
    .prepare(`SELECT 1 FROM performance WHERE cycle = ? AND in_force = 1 AND ${check.column} IS NOT NULL LIMIT 1`)
    .get(cycle);
  if (stated) return undefined;
  return `${cycle} 业绩明细没有${check.what.zh} / the performance details of ${cycle} do not state the ${check.what.en}`;
}

const incomparable = (cycle: string, what: Text): string =>
  `${cycle} 的业绩没有一行能按你的表核对${what.zh}：没有交易时间或客户ID，或表里没有这些客户 / no performance of ${cycle} can be held against your table of the ${what.en}: it lacks trade times or customer ids, or the table knows none of the customers`;

/** A customer, a day and what is stated on it; stands for all rows that share them. */
interface Stated {
  readonly customer_id: string;
  readonly day: string;
  readonly value: string | null;
}
interface Named {
  readonly customer_id: string | null;
  readonly day: string;
}
interface Compared {
  rows: number;
  readonly wrong: FindingDraft[];
}

/** Judges every row by every check, in one pass in file order; one finding per trade of those that are wrong. */
function compare(context: RunContext, checks: readonly AttributionCheck[]): Map<Code, Compared> {
  const parts = checks.map((check) => ({ check, rows: 0, wrong: new Map<string, Stated & { readonly doubtful: boolean }>() }));
  if (parts.length > 0) {
    const rows = context.db.prepare<{ cycle: string }, Named & Record<AttributionCheck['column'], string | null>>(
      `SELECT ${customerIdSql('p')} AS customer_id, substr(p.traded_at, 1, 10) AS day, p.account_manager, p.reseller_name, p.new_customer_tag
         FROM ${monthRows('performance', 'p')} WHERE p.traded_at IS NOT NULL`,
    );
    for (const row of rows.iterate({ cycle: context.cycle })) {
      const { customer_id, day } = row;
      if (customer_id === null) continue;
      for (const part of parts) {
        const value = row[part.check.column];
        const verdict = part.check.judge(customer_id, value, day);
        if (verdict === 'unknown') continue;
        part.rows += 1;
        if (verdict !== 'right')
          part.wrong.set(`${customer_id}|${day}|${value}`, { customer_id, day, value, doubtful: verdict === 'doubtful' });
      }
    }
  }
  return new Map(
    parts.map(({ check, rows, wrong }) => {
      const ordered = [...wrong].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stated]) => stated);
      return [check.code, { rows, wrong: ordered.flatMap((stated) => drafts(context, check, stated, stated.doubtful)) }];
    }),
  );
}

interface Trade {
  readonly trade_id: string | null;
  readonly account_name: string | null;
  readonly product_type: string | null;
  readonly amount: bigint;
  readonly ids: string;
}

function drafts({ db, cycle }: RunContext, check: AttributionCheck, row: Stated, doubtful: boolean): FindingDraft[] {
  const trades = prepared<unknown[], Trade>(
    db,
    `SELECT trade_id, max(account_name) AS account_name, CASE WHEN min(product_type) = max(product_type) THEN min(product_type) END AS product_type,
              coalesce(sum(amount), 0) AS amount, json_group_array(id ORDER BY id) AS ids
         FROM performance
        WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND substr(traded_at, 1, 10) = ? AND ${check.column} IS ?
        GROUP BY trade_id, CASE WHEN trade_id IS NULL THEN coalesce(product_type, '') || char(31) || coalesce(billing_mode, '') || char(31) || coalesce(bill_class, '') END
        ORDER BY min(id)`,
  ).all(cycle, row.customer_id, row.day, row.value);
  const right = check.right(row.customer_id, row.day);
  return trades.map((t): FindingDraft => {
    const none = { zh: '空', en: 'nothing' };
    return {
      code: check.code,
      ...(doubtful ? { severity: 'review' } : {}),
      businessKey: [row.customer_id, t.trade_id ?? t.product_type ?? ''],
      customerId: row.customer_id,
      accountName: t.account_name ?? undefined,
      tradeId: t.trade_id ?? undefined,
      productType: t.product_type ?? undefined,
      expected: t.amount,
      stated: t.amount,
      reason: {
        zh: `业绩 ${displayMoney(t.amount)} 的${check.what.zh}为${row.value ?? none.zh}，按你的表 ${row.day} 应为${right || none.zh}${doubtful ? '；当日正是变更日，次日或当日生效口径不同' : ''}。`,
        en: `Performance ${displayMoney(t.amount)} states ${check.what.en} ${row.value ?? none.en}; by your table it was ${right || none.en} on ${row.day}${doubtful ? '; that is the day of a change, which may take effect on the same or on the next day' : ''}.`,
      },
      candidates,
      left: [],
      right: (JSON.parse(t.ids) as number[]).map(BigInt),
    };
  });
}

const candidates: readonly Candidate[] = [{ code: 'table-outdated', zh: '你的归属表未更新', en: 'Your own table is out of date' }];

interface Stored {
  readonly customer_id: string;
  readonly value: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

function history({ db }: RunContext, table: string, column: string): Map<string, HistoryEntry[]> {
  const rows = db
    .prepare<[], Stored>(
      `SELECT customer_id, ${column} AS value, substr(valid_from, 1, 10) AS "from", substr(valid_to, 1, 10) AS "to" FROM ${table}
        WHERE in_force = 1 ORDER BY customer_id, coalesce(valid_from, ''), coalesce(${column}, '')`,
    )
    .all();
  return Map.groupBy(rows, (r) => r.customer_id);
}

function byHistory(entries: Map<string, HistoryEntry[]>, nextDay: boolean): Pick<AttributionCheck, 'judge' | 'right'> {
  const of = (id: string): readonly HistoryEntry[] => entries.get(id) ?? [];
  return {
    judge: (id, stated, day) => judgeAttribution(of(id), stated, day, nextDay),
    right: (id, day) => inForceOn(of(id), day, nextDay ? 1 : 0)?.value ?? '',
  };
}

function managerCheck(context: RunContext): AttributionCheck {
  const of = byHistory(history(context, 'manager_history', 'account_manager'), context.settings.managerEffective === 'nextDay');
  const what = { zh: '客户经理', en: 'account manager' };
  return { code: 'performance.manager', table: 'manager-history', column: 'account_manager', what, ...of };
}

function resellerCheck(context: RunContext): AttributionCheck {
  const of = byHistory(history(context, 'association_history', 'reseller_name'), false);
  const what = { zh: '云经销商', en: 'reseller' };
  return { code: 'performance.reseller', table: 'association-history', column: 'reseller_name', what, ...of };
}

function tagCheck(context: RunContext): AttributionCheck {
  const tagOf = customerTags(context.db);
  return {
    code: 'performance.new-customer',
    table: 'customer',
    column: 'new_customer_tag',
    what: { zh: '新客标签', en: 'new-customer tag' },
    judge: (id, stated, day) => {
      const right = tagOf(id, day);
      const tag = readTag(stated);
      return right === null || tag === null ? 'unknown' : sameName(right, tag) ? 'right' : 'wrong';
    },
    right: (id, day) => tagOf(id, day) ?? '',
  };
}
