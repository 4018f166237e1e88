import { billTotalLines } from './bill-total-lines.ts';
import { billConsumption } from './bill-consumption.ts';
import { consumptionSummary } from './consumption-summary.ts';
import { consumptionPerformance } from './consumption-performance.ts';
import { performanceAttribution } from './performance-attribution.ts';
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
import type { DatedReconciler, Reconciler } from './context.ts';

/** Everything that a reconciliation runs, in the order of the bridges. Adding a check is adding a function, a line here or in its pair, and a test month. */
export const reconcilers: readonly DatedReconciler[] = [
  billTotalLines,
  billConsumption,
  consumptionSummary,
  consumptionPerformance,
  performanceSummary,
  performanceAttribution,
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

/**
 * Those that take long, the longest first: what they find is kept from run to run, and they may run beside each other. Each leaves nothing in TEMP
 * tables that another reads, and reads sheets of those kinds only whose rows it reads too.
 */
export const longReconcilers: readonly Reconciler[] = [
  consumptionPerformance,
  performanceIncentive,
  billAccount,
  billConsumption,
  consumptionSummary,
  performanceAttribution,
  rowChecks,
  performanceSummary,
  incentiveSummary,
  billTotalLines,
  accountAdjustment,
];
