import { readConsumptionBillingMode } from '../values/enums.ts';
import { readQuantity } from '../values/money.ts';
import * as c from './column.ts';

/** 消费明细 (exports §2.3): every associated customer, referral and resale. */
export const consumption: c.KindSpec = {
  kind: 'consumption',
  month: 'cycle',
  customer: 'needed',
  columns: [
    c.cycle(), c.currency, ...c.customer, c.association, ...c.partner, ...c.trade, ...c.product, c.id('productId', undefined, { cell: 'lenient' }), ...c.resource,
    c.value('billingMode', readConsumptionBillingMode), c.billType, c.orderType, c.time('tradedAt'), ...c.consumed,
    c.money('listPrice', ['官网价', '官网价总金额', '官网页面价', '官网价金额', 'List Price', 'Official Website Price']),
    c.money('discountAmount', ['优惠金额', '折扣金额', '折扣优惠', 'Discount', 'Discount Amount']),
    c.money('truncatedAmount', ['抹零金额', '抹零', 'Truncated Amount', 'Rounding Off']),
    c.money('amountDue', ['应付金额', '消费金额', 'Amount Due', 'Amount Payable', 'Consumption Amount'], { header: 'required', cell: 'needed' }),
    c.money('cashAmount'), c.money('creditAmount'), c.money('couponAmount'), c.money('flexiPurchaseCouponAmount'), c.money('storedValueCardAmount'),
    c.money('bonusAmount'),
    c.id('couponId', ['券ID', '代金券ID', '现金券ID', '优惠券ID', 'Coupon ID']),
    c.money('debtAmount'), c.money('writeOffAmount'),
    c.text('usageType', ['使用量类型', 'Usage Type']),
    c.value('usageAmount', readQuantity, ['使用量', 'Usage']),
    c.text('usageUnit', ['单位', '使用量单位', 'Unit', 'Usage Unit']),
  ],
  anyOf: [['customerId', 'accountName']],
  refundAmounts: ['amount_due'],
}; // prettier-ignore
