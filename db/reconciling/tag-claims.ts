import type { FindingDraft } from '../../electron/core/finding.ts';
import type { IncentiveFacts } from '../../electron/core/judging/performance-incentive.ts';
import { lastDay } from '../../electron/core/month.ts';
import { displayMoney } from '../../electron/core/money.ts';
import { readTag, tagsOfPlans } from '../../electron/core/policy.ts';
import { customerIdSql } from '../customer-keys.ts';
import { prepared } from '../prepared.ts';
import { inStep, type RunContext } from './context.ts';
import { ratingColumns } from './incentive-links.ts';
import { customerTags, policyRows, tagHistory } from './incentive-policy.ts';
import { monthScan } from './month-scan.ts';

type Tag = 'Y' | 'N';
/** Of more characters of ids the comparison is made again. */
const mostKept = 100_000;
/** An incentive row that says something, with the performance that it is paid for. */
interface Claim {
  readonly incentive: bigint;
  readonly plan: string | null;
  readonly tag: string | null;
  readonly performance: bigint;
  readonly amount: bigint;
  readonly own: string | null;
  readonly customer: string;
  readonly account: string | null;
  readonly trade: string | null;
  readonly product: string | null;
  readonly day: string | null;
}
export interface TagClaims {
  /** Rows whose customer the register knows. */
  readonly rows: number;
  readonly findings: readonly FindingDraft[];
}

/** Does the register say of a performance row's customer whether it is new? */
export function knownTags({ db, cycle }: RunContext): Required<IncentiveFacts>['tagIsKnown'] {
  let tagOf: ReturnType<typeof customerTags> | undefined;
  return ({ id }) => {
    tagOf ??= customerTags(db);
    const { customer, day } = prepared<[bigint], { customer: string | null; day: string | null }>(
      db,
      `SELECT ${customerIdSql('p')} AS customer, ${ratingColumns.at} AS day FROM performance p WHERE p.id = ?`,
    ).get(id)!;
    return tagOf(customer, day ?? lastDay(cycle)) !== null;
  };
}

/**
 * What incentive rows say of their customers (a tag of their own, or a plan for new or for old customers only) against the user's register, for rows
 * whose performance is of the month. Where the performance itself says something else than the register, that is the fault, found there.
 */
export function tagClaims(context: RunContext): TagClaims {
  const { db, cycle, has } = context;
  if (!has('incentive', cycle) || !has('customer', '')) return { rows: 0, findings: [] };
  const tagOfPlan = tagsOfPlans(policyRows(db));
  const { rows, ids } = inStep(context, 'claims', sayings, (found) => found.ids.length <= mostKept);
  const tagOf = customerTags(db);
  const wrong = (ids === '[]' ? [] : claims(context, ids)).flatMap((claim) => {
    const day = claim.day ?? lastDay(cycle);
    const right = tagOf(claim.customer, day);
    const stated = readTag(claim.own);
    if (right === null || (stated !== null && stated !== right)) return [];
    const said = [readTag(claim.tag), tagOfPlan.get(claim.plan ?? '') ?? null];
    return said.every((tag) => tag === null || tag === right) ? [] : [{ ...claim, day, right }];
  });
  const groups = Map.groupBy(wrong, (claim) => JSON.stringify([claim.customer, claim.trade ?? claim.product ?? '']));
  return { rows: Number(rows), findings: [...groups.values()].map((group) => draft(group, tagOfPlan)) };
}

/** How many incentive rows say something of a customer that the register knows, and those (as JSON) that may say something else. */
function sayings({ db, cycle }: RunContext): { rows: bigint; ids: string } {
  db.exec(`DROP TABLE IF EXISTS temp.tag_known; DROP TABLE IF EXISTS temp.tag_plan;
    CREATE TEMP TABLE tag_known (customer TEXT PRIMARY KEY, tag TEXT) WITHOUT ROWID;
    CREATE TEMP TABLE tag_plan (plan TEXT PRIMARY KEY, tag TEXT) WITHOUT ROWID`);
  const know = db.prepare('INSERT INTO temp.tag_known VALUES (?, ?)');
  for (const [customer, entries] of tagHistory(db)) {
    const tags = new Set(entries.map(({ value }) => readTag(value)));
    know.run(customer, tags.size === 1 ? [...tags][0]! : null);
  }
  const ofPlan = db.prepare('INSERT INTO temp.tag_plan VALUES (?, ?)');
  for (const [plan, tag] of tagsOfPlans(policyRows(db))) ofPlan.run(plan, tag);
  const own = "coalesce(i.new_customer_tag, '') <> ''";
  const other = `(${own} AND i.new_customer_tag IS NOT k.tag) OR (t.tag IS NOT NULL AND t.tag IS NOT k.tag)`;
  return db
    .prepare<{ cycle: string }, { rows: bigint; ids: string }>(
      `SELECT coalesce(sum(k.customer IS NOT NULL AND (${own} OR t.tag IS NOT NULL)), 0) AS rows,
              json_group_array(i.id) FILTER (WHERE (k.customer IS NOT NULL OR i.customer_id IS NULL) AND (${other})) AS ids
         FROM (SELECT i.id, i.customer_id, i.plan_name, i.new_customer_tag FROM ${monthScan('incentive', 'i')}) i
         LEFT JOIN temp.tag_known k ON k.customer = i.customer_id LEFT JOIN temp.tag_plan t ON t.plan = i.plan_name`,
    )
    .get({ cycle })!;
}

/** The rows with their performance of the month: by 业绩ID, else by customer and order. */
function claims({ db, cycle }: RunContext, ids: string): Claim[] {
  db.exec('DROP TABLE IF EXISTS temp.tag_claim');
  db.prepare(
    `CREATE TEMP TABLE tag_claim AS
       SELECT i.id AS incentive, i.plan_name AS plan, i.new_customer_tag AS tag, i.performance_id, i.customer_key, i.trade_id
         FROM json_each(?) j CROSS JOIN incentive i ON i.id = j.value`,
  ).run(ids);
  db.exec('CREATE INDEX temp.tag_claim_id ON tag_claim (performance_id, customer_key, trade_id)');
  const select = (on: string): string =>
    `SELECT c.incentive, c.plan, c.tag, p.id AS performance, coalesce(p.amount, 0) AS amount, p.new_customer_tag AS own, ${customerIdSql('p')} AS customer,
            p.account_name AS account, p.trade_id AS trade, ${ratingColumns.product} AS product, ${ratingColumns.at} AS day
       FROM (SELECT p.* FROM ${monthScan('performance', 'p')}) p CROSS JOIN temp.tag_claim c ON ${on} WHERE ${customerIdSql('p')} IS NOT NULL`;
  return db
    .prepare<{ cycle: string }, Claim>(
      `${select('c.performance_id = p.performance_id')} UNION ALL
       ${select('c.performance_id IS NULL AND c.customer_key = p.customer_key AND c.trade_id = p.trade_id')} ORDER BY 4, 1`,
    )
    .all({ cycle });
}

type Wrong = Claim & { readonly day: string; readonly right: Tag };

function draft(group: readonly Wrong[], tagOfPlan: ReadonlyMap<string, Tag>): FindingDraft {
  const first = group[0]!;
  const { customer, account, trade, product, day, right } = first;
  const performances = new Map(group.map(({ performance, amount: own }) => [performance, own]));
  const amount = [...performances.values()].reduce((sum, own) => sum + own, 0n);
  const ofPlan = group.find(({ plan }) => plan !== null && tagOfPlan.has(plan) && tagOfPlan.get(plan) !== right)?.plan;
  const tag = right === 'Y' ? 'N' : 'Y';
  const said = ofPlan
    ? {
        zh: `按“${ofPlan}”发了激励，该计划只给新客标签为 ${tag} 的客户`,
        en: `was paid under “${ofPlan}”, a plan only for customers with the new-customer tag ${tag}`,
      }
    : { zh: `的激励行新客标签为 ${tag}`, en: `has an incentive row with the new-customer tag ${tag}` };
  return {
    code: 'performance.new-customer',
    businessKey: [customer, trade ?? product ?? ''],
    customerId: customer,
    accountName: account ?? undefined,
    tradeId: trade ?? undefined,
    productType: product ?? undefined,
    expected: amount,
    stated: amount,
    reason: {
      zh: `业绩 ${displayMoney(amount)} ${said.zh}，按你的表 ${day} 应为${right}。`,
      en: `Performance ${displayMoney(amount)} ${said.en}; by your table it was ${right} on ${day}.`,
    },
    candidates: [],
    left: [...performances.keys()].sort((a, b) => (a < b ? -1 : 1)),
    right: [...new Set(group.map(({ incentive }) => incentive))].sort((a, b) => (a < b ? -1 : 1)),
  };
}
