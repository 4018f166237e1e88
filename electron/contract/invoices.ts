import { z } from 'zod';
import { amount, cycle, text } from './values.ts';

const source = z.object({ field: z.string(), from: z.enum(['xml', 'ofd', 'pdf', 'qr', 'filename', 'typed']) });

/** An invoice as typed in, or as read and confirmed: `sources` names where each value was read, the others were typed. */
export const invoiceInput = z.object({
  number: z.string(),
  code: z.string().default(''),
  kind: z.enum(['special', 'ordinary']),
  date: z.iso.date(),
  net: z.string(),
  tax: z.string(),
  rate: z.string().optional(),
  buyer: z.string().optional(),
  buyerTaxNumber: z.string().optional(),
  requestId: z.string().optional(),
  total: z.string().optional(),
  seller: z.string().optional(),
  sellerTaxNumber: z.string().optional(),
  remark: z.string().max(2000).optional(),
  currency: z.string().optional(),
  capitals: z.string().optional(),
  /** "6%、13%" where the lines have several; `rate` is then left out. */
  rates: z.string().optional(),
  /** How many lines it has. */
  lines: z.string().optional(),
  sources: z.array(source).max(50).optional(),
});
/** What the files or the QR text say, to be confirmed; `values` as the form takes them, one a field, from the most trusted source. */
export const readInvoice = z.object({
  name: z.string(),
  /** The files that say it: an invoice often comes as XML, OFD and PDF; none for a QR text. */
  paths: z.array(z.string()),
  status: z.enum(['read', 'refused']),
  values: z.array(source.extend({ value: z.string() })),
  disagreements: z.array(z.object({ field: z.string(), values: z.array(source.extend({ value: z.string() })) })),
  notes: z.array(text),
  /** Requests that it may belong to: its remark names them, or their open amount is its total. Never chosen for the person. */
  suggestions: z.array(z.object({ requestId: z.string(), by: z.enum(['remark', 'amount']), text })),
  /** Where it is entered already. */
  known: text.optional(),
  code: z.string().optional(),
  reason: text.optional(),
});
/** An invoice with what is doubtful about it. */
export const invoice = z.object({
  number: z.string(),
  code: z.string(),
  kind: z.enum(['special', 'ordinary']),
  date: z.string().optional(),
  net: amount,
  tax: amount,
  total: amount,
  rate: z.string().optional(),
  buyer: z.string().optional(),
  buyerTaxNumber: z.string().optional(),
  seller: z.string().optional(),
  sellerTaxNumber: z.string().optional(),
  remark: z.string().optional(),
  rates: z.string().optional(),
  requestId: z.string().optional(),
  sources: z.array(source),
  findings: z.array(z.string()),
  /** One sentence for each entry of `findings`, in the same order. */
  notes: z.array(text).default([]),
});
/** A payment request as the window shows and saves it; every field but the id may be empty. */
export const requestBody = z.object({
  requestId: z.string().min(1),
  billingCycle: cycle,
  incentiveBillIds: z.array(z.string()).default([]),
  payoutMode: z.string().default(''),
  status: z.string().default(''),
  amount: z.string(),
  taxRate: z.string().default(''),
  productTaxRate: z.string().default(''),
  currency: z.string().default('CNY'),
  appliedAt: z.string().default(''),
  buyerName: z.string().default(''),
  buyerTaxNumber: z.string().default(''),
  mailingAddress: z.string().default(''),
  mailbox: z.string().default(''),
  /** Of the letter: for the address label. */
  recipient: z.string().default(''),
  recipientPhone: z.string().default(''),
});
/** A request in force with its invoices; difference = invoiced − amount. */
export const request = requestBody.extend({
  amount,
  invoiced: amount,
  difference: amount,
  invoices: z.array(invoice),
  printedTimes: z.int(),
  problems: z.array(text),
});
/**
 * What a request should be by its incentive bills; `expected` only where all of them are imported and, where an invoice is asked for it, both tax
 * rates are known: without an invoice nothing is converted.
 */
export const basis = z.object({
  requestId: z.string(),
  bills: z.array(z.object({ id: z.string(), name: z.string(), amount: amount.optional() })),
  productTaxRate: z.string(),
  taxRate: z.string(),
  amount,
  incentive: amount.optional(),
  expected: amount.optional(),
  /** The way of payout, where it is one without an invoice. */
  noInvoiceFor: z.string().optional(),
  /** requested − expected. */
  difference: amount.optional(),
});
