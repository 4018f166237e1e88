import { z } from 'zod';
import { amount, cycle, text } from './values.ts';

/** An invoice as typed in. */
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
  requestId: z.string().optional(),
  sources: z.array(z.object({ field: z.string(), from: z.enum(['xml', 'ofd', 'pdf', 'qr', 'filename', 'typed']) })),
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
