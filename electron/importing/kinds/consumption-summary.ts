import { readConsumptionBillingMode, readSummaryBillType } from '../values/enums.ts';
import * as c from './column.ts';

/** 消费汇总 (exports §2.4): month × customer × product × resource type × billing mode × bill class. */
export const consumptionSummary: c.KindSpec = {
  kind: 'consumption-summary',
  month: 'cycle',
  customer: 'needed',
  columns: [
    c.cycle(), c.currency, ...c.customer, c.association, c.text('productType'), c.text('productTypeCode'), c.text('resourceType'),
    c.value('billingMode', readConsumptionBillingMode),
    c.pair('billType', readSummaryBillType, 'bill_type', 'bill_class', { cell: 'strict' }),
    c.money('amountDue', ['金额', '消费金额', '应付金额', '总金额', 'Amount', 'Amount Due', 'Consumption Amount'], { header: 'required', cell: 'needed' }),
    c.money('cashAmount'), c.money('creditAmount'), c.money('couponAmount'), c.money('flexiPurchaseCouponAmount'), c.money('storedValueCardAmount'),
    c.money('bonusAmount'), c.money('debtAmount'), c.money('writeOffAmount'),
  ],
  anyOf: [['customerId', 'accountName']],
  refundAmounts: ['amount_due'],
}; // prettier-ignore
