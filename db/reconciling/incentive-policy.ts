import { productPolicies } from './product-class.ts';
import { inForceOn, type HistoryEntry } from '../../electron/core/judging/attribution.ts';
import { policyInForce } from '../../electron/core/judging/product-class.ts';
import { lastDay, type BillingCycle } from '../../electron/core/month.ts';
import {
  ratesInForce,
  readTag,
  tagsOfPlans,
  tierPlansOf,
  type PlanRate,
  type PolicyRow,
  type RateSubject,
} from '../../electron/core/policy.ts';
import type { ReadDb } from '../open.ts';
import type { RunContext } from './context.ts';
import type { RatedBy } from './incentive-links.ts';

/** The user's policy table, in a fixed order. */
export function policyRows(db: ReadDb): PolicyRow[] {
  interface Stored {
    plan: string;
    product: string | null;
    association: string | null;
    tag: string | null;
    method: 'perRow' | 'tier';
    threshold: bigint | null;
    rate: bigint;
    validFrom: string | null;
    validTo: string | null;
  }
  return db
    .prepare<[], Stored>(
      `SELECT plan_name AS plan, product_type AS product, association_type AS association, new_customer_tag AS tag, method, threshold, rate,
              substr(valid_from, 1, 10) AS validFrom, substr(valid_to, 1, 10) AS validTo
         FROM policy WHERE in_force = 1 ORDER BY id`,
    )
    .all()
    .map((r) => ({ ...r, product: r.product || null, association: r.association || null, tag: readTag(r.tag) }));
}

/** What the policy says about one performance row. */
export interface Rated {
  readonly subject: RateSubject;
  readonly rates: readonly PlanRate[];
  readonly tierPlans: readonly string[];
  /** Rates of plans for customers of the other tag only, and the plans among `rates` that are for customers of its own tag only. */
  readonly claimable: readonly PlanRate[];
  readonly ofOwnTag: readonly string[];
  readonly rebate: boolean;
  /** Policy 2, or the purchase of a stored-value card: it should not be stated as performance at all. */
  readonly refused: boolean;
}

/** Answers for performance rows of the run's month; equal rows are answered from memory. */
export function rater(context: RunContext, policy: readonly PolicyRow[]): (row: RatedBy) => Rated {
  const { db, cycle, settings } = context;
  const tagOf = customerTags(db);
  const policyOf = policies(db, cycle);
  const known = new Map<string, Rated>();
  const tagOfPlan = tagsOfPlans(policy);
  const last = lastDay(cycle);
  return (row) => {
    const date = row.at?.slice(0, 10) ?? last;
    const tag = readTag(row.tag) ?? tagOf(row.customer_id, date);
    const key = `${row.product}|${row.association_type}|${tag}|${date}`;
    const held = known.get(key);
    if (held) return held;
    const subject: RateSubject = { product: row.product, association: row.association_type, tag, date };
    const product = row.product === null ? undefined : policyOf(row.product);
    const refused = product === 2 || (row.product !== null && settings.storedValueCardProducts.includes(row.product));
    const rated = {
      subject,
      rates: ratesInForce(policy, subject),
      claimable: claimable(subject),
      ofOwnTag: ratesInForce(policy, subject).flatMap(({ plan }) => (tagOfPlan.has(plan) ? [plan] : [])),
      tierPlans: tierPlansOf(policy, subject),
      rebate: !refused && product !== 13,
      refused,
    };
    known.set(key, rated);
    return rated;
  };

  function claimable(subject: RateSubject): PlanRate[] {
    if (tagOfPlan.size === 0) return [];
    const others = (['Y', 'N'] as const).filter((tag) => tag !== subject.tag);
    return others.flatMap((tag) => ratesInForce(policy, { ...subject, tag }).filter(({ plan }) => tagOfPlan.get(plan) === tag));
  }
}

/** The policy of a product in the month; undefined where the table has none. */
function policies(db: RunContext['db'], cycle: BillingCycle): (product: string) => number | undefined {
  const rows = productPolicies(db);
  const known = new Map<string, number | undefined>();
  return (product) => {
    if (!known.has(product)) known.set(product, policyInForce(product, cycle, rows)?.policy);
    return known.get(product);
  };
}

/** The register's tags by customer, as the histories of managers are; of overlapping entries the one that began last holds. */
export function tagHistory(db: ReadDb): Map<string, HistoryEntry[]> {
  const rows = db
    .prepare<[], HistoryEntry & { readonly customer_id: string }>(
      `SELECT customer_id, new_customer_tag AS value, substr(valid_from, 1, 10) AS "from", substr(valid_to, 1, 10) AS "to"
         FROM customer WHERE in_force = 1 AND new_customer_tag IS NOT NULL ORDER BY customer_id, coalesce(valid_from, ''), id`,
    )
    .all()
    .map((row) => ({ ...row, value: readTag(row.value) }));
  return Map.groupBy(rows, (row) => row.customer_id);
}

/** The register's tag of a customer on a day. */
export function customerTags(db: ReadDb): (customerId: string | null, date: string) => 'Y' | 'N' | null {
  const tags = tagHistory(db);
  return (customerId, date) => readTag(inForceOn((customerId !== null && tags.get(customerId)) || [], date, 0)?.value);
}
