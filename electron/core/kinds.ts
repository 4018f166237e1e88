/** The kinds of file the app knows (handbook: exports §2), in the order of the month's checklist. */
export const kinds = [
  'partner-bill',
  'bill-summary',
  'consumption',
  'consumption-summary',
  'account-statement',
  'performance-summary',
  'performance',
  'incentive-summary',
  'incentive',
  'payment-request',
  'adjustment',
  'performance-transfer',
  'indicator',
  'order',
  'policy',
  'product-policy',
  'manager-history',
  'association-history',
  'coupon-map',
  'sub-account',
  'customer',
] as const;
export type Kind = (typeof kinds)[number];

/** Kinds that belong to one or several months; the others hold for all months and are read by their validity dates. */
export const monthlyKinds = [
  'partner-bill',
  'bill-summary',
  'consumption',
  'consumption-summary',
  'account-statement',
  'performance-summary',
  'performance',
  'incentive-summary',
  'incentive',
  'payment-request',
  'adjustment',
  'performance-transfer',
  'indicator',
  'order',
] as const satisfies readonly Kind[];

export const kindNames: Record<Kind, { zh: string; en: string }> = {
  'partner-bill': { zh: '伙伴账单明细', en: 'Partner bill lines' },
  'bill-summary': { zh: '伙伴账单总额', en: 'Partner bill total' },
  consumption: { zh: '消费明细', en: 'Consumption details' },
  'consumption-summary': { zh: '消费汇总', en: 'Consumption summary' },
  'account-statement': { zh: '收支明细', en: 'Account statement' },
  'performance-summary': { zh: '业绩汇总', en: 'Performance summary' },
  performance: { zh: '业绩明细', en: 'Performance details' },
  'incentive-summary': { zh: '激励汇总', en: 'Incentive summary' },
  incentive: { zh: '激励明细', en: 'Incentive details' },
  'payment-request': { zh: '申付单', en: 'Payment requests' },
  adjustment: { zh: '调账记录', en: 'Adjustment records' },
  'performance-transfer': { zh: '业绩转移记录', en: 'Performance transfers' },
  indicator: { zh: '指标明细', en: 'Indicator details' },
  order: { zh: '客户订单', en: 'Customer orders' },
  policy: { zh: '激励政策', en: 'Incentive policy' },
  'product-policy': { zh: '产品业绩策略', en: 'Product performance policy' },
  'manager-history': { zh: '客户经理归属', en: 'Account manager history' },
  'association-history': { zh: '关联历史', en: 'Association history' },
  'coupon-map': { zh: '现金券口径', en: 'Flexi-purchase coupon map' },
  'sub-account': { zh: '子账号归属', en: 'Sub-accounts' },
  customer: { zh: '客户名册', en: 'Customer register' },
};

export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text);
/** The table that holds the rows of a kind ("partner-bill" → "partner_bill"; order is a reserved word). */
export const tableOf = (kind: Kind): string => (kind === 'order' ? 'customer_order' : kind.replaceAll('-', '_'));
