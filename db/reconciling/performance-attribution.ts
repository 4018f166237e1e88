import type { FindingDraft, Text } from '../../electron/core/finding.ts';
import { displayMoney } from '../../electron/core/money.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { attributionChecks, type AttributionCheck } from './attribution-checks.ts';
import { compareAttribution, type Compared, type WrongRow } from './attribution-rows.ts';
import { inStep, type CheckReport, type Outcome, type Reconciler, type RunContext } from './context.ts';
import { prepared } from '../prepared.ts';
import { statesColumn } from './month-scan.ts';
import { tagClaims } from './tag-claims.ts';

/** Performance rows against the user's own tables: manager, reseller and new-customer tag at trade time. They move no money: difference 0. */
export const performanceAttribution: Reconciler = { name: 'attribution', run };

/** Of more wrong customers and days the comparison is made again. */
const mostKept = 10_000;

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const checks = attributionChecks(context);
  const skipped = new Map(checks.map((check) => [check, reasonToSkip(context, check)]));
  const compared = new Map(inStep(context, 'stated', compareStated, (all) => all.every(([, { wrong }]) => wrong.length <= mostKept)));
  const findings: FindingDraft[] = [];
  const claims = context.has('performance', cycle) ? tagClaims(context) : { rows: 0, findings: [] };
  const reports = checks.map((check): CheckReport => {
    const { code, what } = check;
    const result = compared.get(code);
    const claimed = code === 'performance.new-customer' ? claims.rows : 0;
    const why = skipped.get(check);
    // A whole month may be wrong: so many are no arguments of one call.
    for (const draft of result?.wrong.flatMap((stated) => drafts(context, check, stated)) ?? []) findings.push(draft);
    const rows = (result?.rows ?? 0) + claimed;
    if (rows > 0) return { code, compared: rows };
    if (result) return { code, compared: 0, skipped: incomparable(cycle, what) };
    return { code, compared: 0, ...(why === undefined ? {} : { skipped: why }) };
  });
  const found = new Set(findings.filter(isOfTag).map(keyOf));
  return { findings: findings.concat(claims.findings.filter((claim) => !found.has(keyOf(claim)))), checks: reports };
}

/** Reads no incentives, which the claims do. */
const compareStated = (own: RunContext): [AttributionCheck['code'], Compared][] => [
  ...compareAttribution(
    own,
    attributionChecks(own).filter((check) => reasonToSkip(own, check) === undefined),
  ),
];

const isOfTag = ({ code }: FindingDraft): boolean => code === 'performance.new-customer';
const keyOf = ({ businessKey }: FindingDraft): string => businessKey.join('|');

/** What a check lacks: a file, a table of the user's, or the column. */
function reasonToSkip(context: RunContext, check: AttributionCheck): string | undefined {
  const { cycle } = context;
  const missing = [
    ...(context.has('performance', cycle) ? [] : [{ kind: 'performance' as const, cycle }]),
    ...(context.has(check.table, '') ? [] : [{ kind: check.table, cycle: '' }]),
  ];
  if (missing.length > 0) return missingFiles(missing);
  if (statesColumn(context, 'performance', check.column)) return undefined;
  return `${cycle} 业绩明细没有${check.what.zh} / the performance details of ${cycle} do not state the ${check.what.en}`;
}

const incomparable = (cycle: string, what: Text): string =>
  `${cycle} 的业绩没有一行能按你的表核对${what.zh}：没有交易时间或客户ID，或表里没有这些客户 / no performance of ${cycle} can be held against your table of the ${what.en}: it lacks trade times or customer ids, or the table knows none of the customers`;

interface Trade {
  readonly trade_id: string | null;
  readonly account_name: string | null;
  readonly product_type: string | null;
  readonly amount: bigint;
  readonly ids: string;
}

function drafts({ db, cycle }: RunContext, check: AttributionCheck, row: WrongRow): FindingDraft[] {
  const trades = prepared<unknown[], Trade>(
    db,
    `SELECT trade_id, max(account_name) AS account_name, CASE WHEN min(product_type) = max(product_type) THEN min(product_type) END AS product_type,
              coalesce(sum(amount), 0) AS amount, json_group_array(id ORDER BY id) AS ids
         FROM performance
        WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND substr(traded_at, 1, 10) = ? AND ${check.column} IS ?
        GROUP BY trade_id, CASE WHEN trade_id IS NULL THEN coalesce(product_type, '') || char(31) || coalesce(billing_mode, '') || char(31) || coalesce(bill_class, '') END
        ORDER BY min(id)`,
  ).all(cycle, row.customer_id, row.day, row.value);
  const { doubtful } = row;
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
      candidates: [],
      left: [],
      right: (JSON.parse(t.ids) as number[]).map(BigInt),
    };
  });
}
