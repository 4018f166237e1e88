import { shownRows } from '../../db/drilling/collect.ts';
import { partRows } from '../../db/drilling/part-rows.ts';
import type { DrillReader, StoredPart } from '../../db/drilling/read.ts';
import type { Handlers, Output } from '../contract.ts';
import type { Pair } from '../core/bridge.ts';
import { formatMoney } from '../core/money.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { DrilledPairs } from './drilled-pairs.ts';
import { evidenceTables } from './evidence.ts';
import { incentiveHandlers } from './incentives.ts';
import { KeptShares } from './kept-shares.ts';
import { currentRun } from './month.ts';

type Group = Output<'bridge.groups'>['groups'][number];

/** What is behind the steps of a bridge: groups, then the rows of both sides. `close` lets go of the files that hold them. */
export function bridgeHandlers(context: AppContext): {
  readonly handlers: Pick<Handlers, 'bridge.groups' | 'bridge.rows' | 'incentives.plans' | 'incentives.customers'>;
  close(): Promise<void>;
} {
  const drilled = new DrilledPairs(context);
  const shares = new KeptShares(context);
  const open = (cycle: string, pair: Pair): Promise<DrillReader> => drilled.open(cycle, pair, currentRun(context, cycle).runId);
  return {
    async close() {
      await drilled.close();
      await shares.close();
    },
    handlers: {
      ...incentiveHandlers(context, (cycle) => shares.open(cycle, currentRun(context, cycle).runId)),
      'bridge.groups': async ({ billingCycle, pair, offset, limit, ...query }) => {
        const reader = await open(billingCycle, pair);
        const page = reader.page(query, offset, limit);
        const { agreed = 0, different = 0, left = 0, right = 0 } = reader.counts();
        return {
          billingCycle,
          pair,
          total: page.total,
          amount: formatMoney(page.amount),
          rows: page.rows,
          places: { agreed, different, left, right },
          groups: page.parts.map(wireGroup),
        };
      },
      'bridge.rows': async ({ billingCycle, pair, group }) => {
        const found = (await open(billingCycle, pair)).part(BigInt(group));
        if (!found) throw unknownGroup(group);
        const rows = partRows(context.db, found.evidence, shownRows);
        const shown = (side: 'left' | 'right'): number => rows.filter((r) => r.side === side).length;
        const omitted = (all: bigint, here: number): number => Math.max(0, Number(all) - here);
        const rowsOmitted = omitted(found.part.leftRows, shown('left')) + omitted(found.part.rightRows, shown('right'));
        const sides = (['left', 'right'] as const).map((side) => ({
          side,
          tables: evidenceTables(
            context.db,
            rows.filter((r) => r.side === side),
          ),
        }));
        // Invoices are no rows of an export: none of them can be shown, and none is left out.
        return { group: wireGroup(found.part), sides, ...(rowsOmitted > 0 && pair !== 'request-invoices' && { rowsOmitted }) };
      },
    },
  };
}

function wireGroup(part: StoredPart): Group {
  const { customerKey, customerName, tradeId, product, left, right, finding, place } = part;
  const customerId = customerKey === null || customerKey.startsWith('@') ? undefined : customerKey;
  return {
    id: Number(part.id),
    step: part.step,
    ...(place !== '' && { place }),
    ...(customerId !== undefined && { customerId }),
    ...(customerName !== null && { customerName }),
    ...(tradeId !== null && { tradeId }),
    ...(product !== null && product !== '' && { productType: product }),
    key: [...part.key],
    level: part.level,
    ...(left !== null && { left: formatMoney(left) }),
    ...(right !== null && { right: formatMoney(right) }),
    amount: formatMoney(part.amount),
    rows: Number(part.rows),
    leftRows: Number(part.leftRows),
    rightRows: Number(part.rightRows),
    ...(finding !== null && { finding }),
  };
}

const unknownGroup = (group: number): AppError =>
  new AppError('bridge.unknown-group', {
    zh: `没有第 ${group} 组：对账结果已更新，请重新打开这一步。`,
    en: `There is no group ${group}: the result has changed, open the step again.`,
  });
