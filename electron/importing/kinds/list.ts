import type { Kind } from '../../core/kinds.ts';
import { accountStatement } from './account-statement.ts';
import { adjustment } from './adjustment.ts';
import { billSummary } from './bill-summary.ts';
import type { KindSpec } from './column.ts';
import { consumption } from './consumption.ts';
import { consumptionSummary } from './consumption-summary.ts';
import { incentive, incentiveSummary } from './incentive.ts';
import { indicator } from './indicator.ts';
import { order } from './order.ts';
import { associationHistory, couponMap, customer, managerHistory, policy, productPolicy, subAccount } from './own-tables.ts';
import { partnerBill } from './partner-bill.ts';
import { paymentRequest } from './payment-request.ts';
import { performance, performanceSummary } from './performance.ts';
import { performanceTransfer } from './performance-transfer.ts';

/** Every kind that can be imported. */
export const kindSpecs: { readonly [K in Kind]: KindSpec } = {
  'partner-bill': partnerBill,
  'bill-summary': billSummary,
  consumption,
  'consumption-summary': consumptionSummary,
  'account-statement': accountStatement,
  'performance-summary': performanceSummary,
  performance,
  'incentive-summary': incentiveSummary,
  incentive,
  'payment-request': paymentRequest,
  adjustment,
  'performance-transfer': performanceTransfer,
  indicator,
  order,
  policy,
  'product-policy': productPolicy,
  'manager-history': managerHistory,
  'association-history': associationHistory,
  'coupon-map': couponMap,
  'sub-account': subAccount,
  customer,
};
