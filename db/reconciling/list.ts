import { billTotalLines } from './bill-total-lines.ts';
import { billConsumption } from './bill-consumption.ts';
import { consumptionSummary } from './consumption-summary.ts';
import { consumptionPerformance } from './consumption-performance.ts';
import { performanceSummary } from './performance-summary.ts';
import { performanceIncentive } from './performance-incentive.ts';
import { incentiveSummary } from './incentive-summary.ts';
import { billAccount } from './bill-account.ts';
import { accountAdjustment } from './account-adjustment.ts';
import { requestInvoices } from './request-invoices.ts';
import { invoiceChecks } from './invoices.ts';
import { paymentChecks } from './payments.ts';
import { rowChecks } from './rows.ts';
import { fileChecks } from './files.ts';
import type { Reconciler } from './context.ts';

/** Everything that a reconciliation runs, in the order of the bridges. Adding a check is adding a function, a line here or in its pair, and a test month. */
export const reconcilers: readonly Reconciler[] = [
  billTotalLines,
  billConsumption,
  consumptionSummary,
  consumptionPerformance,
  performanceSummary,
  performanceIncentive,
  incentiveSummary,
  billAccount,
  accountAdjustment,
  requestInvoices,
  invoiceChecks,
  paymentChecks,
  rowChecks,
  fileChecks,
];
