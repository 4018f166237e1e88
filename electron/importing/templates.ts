import type { Kind } from '../core/kinds.ts';

/** An empty table of the user's own, as `hezhang templates` writes it: sheet name, headers, and what a cell may hold. */
export interface Template {
  readonly kind: Kind;
  readonly name: string;
  readonly headers: readonly string[];
  /** One hint per header, '' where none is needed. */
  readonly hints: readonly string[];
}

const template = (kind: Kind, name: string, columns: readonly (string | readonly [string, string])[]): Template => ({
  kind,
  name,
  headers: columns.map((column) => (typeof column === 'string' ? column : column[0])),
  hints: columns.map((column) => (typeof column === 'string' ? '' : column[1])),
});

/** The user's own tables (exports §2.13), in the order of the handbook. */
export const templates: readonly Template[] = [
  template('policy', '激励政策', [
    '激励计划名称',
    ['产品类型', '空 = 不限'],
    ['关联类型', '顾问销售 / 代售，空 = 不限'],
    ['新客标签', 'Y / N，空 = 不限'],
    ['计算方式', '逐行 / 阶梯'],
    ['门槛下限', '只用于阶梯：指标达到此值起适用'],
    ['返点比例', '如 5%'],
    ['生效日期', '如 2025-01-01'],
    ['失效日期', '含当天，空 = 一直有效'],
  ]),
  template('product-policy', '产品业绩策略', [
    '产品类型',
    ['业绩策略', '0 非特定产品 / 1 特定产品 / 2 无业绩无返点 / 13 有业绩无返点'],
    ['月结', 'Y = 业绩计入下月'],
    ['生效账期', '如 2025-01'],
    '失效账期',
  ]),
  template('manager-history', '客户经理归属', ['客户ID', '客户经理姓名', '生效日期', '失效日期']),
  template('association-history', '关联历史', ['客户ID', ['关联类型', '顾问销售 / 代售'], '云经销商名称', '生效日期', '失效日期']),
  template('coupon-map', '现金券口径', ['券ID', ['计业绩', 'Y / N']]),
  template('sub-account', '子账号归属', [
    '子账号客户ID',
    ['主客户ID', '汇总里记在哪个客户名下'],
    ['生效日期', '如 2025-01-01，空 = 一直有效'],
    ['失效日期', '解绑当天，空 = 仍绑定'],
  ]),
  template('customer', '客户名册', ['客户ID', '客户账号名', '客户名称', ['新客标签', 'Y / N'], '标签生效日期', '标签失效日期']),
  template('bill-summary', '伙伴账单总额', [
    ['账期', '如 2025-09'],
    '消费金额',
    ['退款金额', '不大于 0'],
    '调账金额',
    '代金券抵扣',
    '销项税',
    '应还金额',
  ]),
  template('payment-request', '申付单', [
    '申付单号',
    ['对账期次', '如 2025-09'],
    ['激励账单ID', '多个用 ; 隔开'],
    '申付金额',
    ['税率', '如 6%'],
    ['产品税率', '如 6%'],
    ['币种', 'CNY'],
    ['申请日期', '如 2025-10-08'],
    '购方名称',
    '购方税号',
    '邮寄地址',
    '收件人',
    '收件人电话',
    '公共邮箱',
    '状态',
  ]),
];
