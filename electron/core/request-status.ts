import type { Stage } from './stage.ts';

/** The vendor's own states (rules §5) with the stage that each means and how far it is; 驳回 goes back to 审核中, so neither is further. */
const states: readonly (readonly [stage: Stage, rank: number, words: readonly string[]])[] = [
  ['toSubmit', 1, ['待提交申请', '待提交', '待申请']],
  ['processing', 2, ['申请处理中', '处理中', '申请中']],
  ['toInvoice', 3, ['待伙伴开票', '待开票']],
  ['underReview', 4, ['审核中', '发票审核中', '待审核', '发票审核']],
  ['rejected', 4, ['驳回', '已驳回', '审核驳回', '审核不通过']],
  ['paying', 5, ['支付中', '待支付', '付款中']],
  ['paid', 6, ['已完成', '完成', '已支付', '已付款']],
  ['ended', 7, ['已撤回', '已撤销', '已取消']],
];
/** The vendor's own words, one for each state, in its order. */
export const vendorStatuses: readonly string[] = states.map(([, , words]) => words[0]!);

const known = new Map(states.flatMap(([stage, rank, words]) => words.map((word) => [word, { stage, rank }] as const)));
const of = (status: string) => known.get(status.normalize('NFKC').replace(/\s/g, ''));

/** What stage the vendor's word means; undefined where it says none, or a word that is not known. */
export const stageOfStatus = (status: string): Stage | undefined => of(status)?.stage;

/** How far the vendor's word says the request is; 0 where it says nothing known. */
export const statusRank = (status: string): number => of(status)?.rank ?? 0;

const withoutInvoice = new Set(['owedInvoice', 'couponQuota', '记欠票', '返华为云账户-记欠票', '转代金券额度']);

/** Ways of payout for which no invoice is asked (rules §5). */
export const needsNoInvoice = (payoutMode: string): boolean => withoutInvoice.has(payoutMode.normalize('NFKC').replace(/\s/g, ''));
