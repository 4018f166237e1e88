import type { Text } from './finding.ts';
import { monthlyKinds, type Kind } from './kinds.ts';
import { addMonths, lastDay, type BillingCycle } from './month.ts';

export type KindReadiness = 'present' | 'missing' | 'stale' | 'partial';

/** What the four answers cannot do without; other kinds are useful but optional. */
export const neededKinds: readonly Kind[] = ['partner-bill', 'consumption', 'account-statement', 'performance', 'incentive', 'policy'];

const ownTables: Partial<Record<Kind, Text>> = {
  'product-policy': {
    zh: '没有产品业绩策略表：假定所有产品都计业绩。',
    en: 'No product policy table: every product is assumed to count.',
  },
  'manager-history': { zh: '没有客户经理归属表：不核对客户经理。', en: 'No manager history: managers are not checked.' },
  'association-history': {
    zh: '没有关联历史表：以导出文件中的关联类型为准。',
    en: 'No association history: the type in the export is taken.',
  },
  'coupon-map': { zh: '没有现金券口径表：假定现金券都不计业绩。', en: 'No coupon map: no flexi-purchase coupon is assumed to count.' },
  'sub-account': {
    zh: '没有子账号归属表：汇总与明细按同一客户核对。',
    en: 'No sub-account table: summary and details are compared by the same customer.',
  },
  customer: { zh: '没有客户名册：不核对新客标签。', en: 'No customer register: new-customer tags are not checked.' },
};

/**
 * Whether what is there of a kind can be relied on. Exported before the month was over: partial. A bill exported before 12:00 on the 5th after
 * the month, or a performance or incentive statement that is not yet public or final: stale (handbook: rules §3, §4).
 */
export function readiness(
  kind: Kind,
  have: { rows: number; imports?: readonly string[]; exportedAt: string | undefined; status: string | undefined },
  cycle: BillingCycle,
): { state: KindReadiness; note?: Text } {
  const monthly = (monthlyKinds as readonly Kind[]).includes(kind);
  const empty = have.rows === 0 && monthly && (have.imports?.length ?? 0) > 0;
  if (have.rows === 0 && !empty) {
    const note = ownTables[kind] ?? (neededKinds.includes(kind) ? undefined : { zh: '可选', en: 'Optional' });
    return { state: 'missing', ...(note && { note }) };
  }
  if (monthly && have.exportedAt !== undefined) {
    if (have.exportedAt <= `${lastDay(cycle)} 23:59:59`) {
      return {
        state: 'partial',
        note: { zh: `导出于 ${have.exportedAt}，当月尚未结束。`, en: `Exported ${have.exportedAt}, before the month was over.` },
      };
    }
    const ready = `${addMonths(cycle, 1)}-05 12:00:00`;
    if (kind === 'partner-bill' && have.exportedAt < ready) {
      return {
        state: 'stale',
        note: {
          zh: `导出于 ${have.exportedAt}，账单要到 ${ready} 才出齐。`,
          en: `Exported ${have.exportedAt}; bills are ready at ${ready}.`,
        },
      };
    }
  }
  if (have.status === 'estimated' || have.status === 'draft') {
    const zh = have.status === 'estimated' ? '预估' : '初稿';
    return {
      state: 'stale',
      note: { zh: `状态为${zh}，终稿出来后请重新导入。`, en: `Still ${have.status}: import it again when it is final.` },
    };
  }
  if (!empty) return { state: 'present' };
  return { state: 'present', note: { zh: '0 行：导入时已说明当月没有业务。', en: '0 rows: said to be a month without business.' } };
}
