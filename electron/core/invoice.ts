import type { Text } from './finding.ts';
import type { Money, Rate } from './money.ts';

export type InvoiceKind = 'special' | 'ordinary';
/** Where a value was read. */
export type InvoiceSource = 'xml' | 'ofd' | 'pdf' | 'qr' | 'filename' | 'typed';

/** One VAT invoice of ours. Amounts are whole cents in 1e-8 yuan; total = net + tax; negative for a red invoice. */
export interface Invoice {
  readonly number: string;
  /** Empty for digital invoices. */
  readonly code: string;
  readonly kind: InvoiceKind;
  /** ISO date. */
  readonly date?: string | undefined;
  readonly net: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly rate?: Rate | undefined;
  readonly buyer?: string | undefined;
  readonly buyerTaxNumber?: string | undefined;
  readonly seller?: string | undefined;
  readonly sellerTaxNumber?: string | undefined;
  /** As printed; empty where it was read and nothing stands there, undefined where nobody looked. */
  readonly remark?: string | undefined;
  /** ISO code; undefined stands for CNY. */
  readonly currency?: string | undefined;
  /** The total in Chinese capitals, as printed. */
  readonly capitals?: string | undefined;
  /** The rates of its lines where they differ ("6%、13%"); `rate` is then undefined. */
  readonly rates?: string | undefined;
  /** How many lines it has: each one's tax was rounded. */
  readonly lines?: number | undefined;
  readonly requestId?: string | undefined;
  /** When it was entered, "YYYY-MM-DD HH:MM:SS". */
  readonly addedAt?: string | undefined;
  readonly sources: readonly { readonly field: string; readonly from: InvoiceSource }[];
}

/** A payment request in force: the imported row(s), each field overlaid by what was typed. Texts are empty where unknown. */
export interface PaymentRequest {
  readonly requestId: string;
  /** 对账期次; the latest where the request spans several. */
  readonly billingCycle: string;
  readonly incentiveBillIds: readonly string[];
  readonly payoutMode: string;
  readonly status: string;
  readonly amount: Money;
  readonly taxRate?: Rate | undefined;
  readonly productTaxRate?: Rate | undefined;
  readonly currency: string;
  readonly appliedAt: string;
  readonly buyerName: string;
  readonly buyerTaxNumber: string;
  readonly mailingAddress: string;
  readonly mailbox: string;
  /** Who receives the letter, and that person's phone: typed or out of the notice. */
  readonly recipient: string;
  readonly recipientPhone: string;
}

/** Something refused: which field of the form, a dotted code, and the sentence. */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly text: Text;
}
