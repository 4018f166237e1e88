import type { KnownRequest } from '../../db/requests.ts';
import type { Output } from '../contract.ts';
import { invoiceDoubts, type InvoiceFacts } from '../core/invoice-checks.ts';
import type { Invoice } from '../core/invoice.ts';
import { cent, displayRate, displayMoney, formatMoney } from '../core/money.ts';
import type { Text } from '../core/finding.ts';
import type { Settings } from '../core/settings.ts';
import { taxNumberProblem } from '../core/tax-number.ts';
import { counted } from '../core/display-count.ts';

type WireInvoice = Output<'invoices.list'>['invoices'][number];
type WireRequest = Output<'requests.list'>['requests'][number];

/** An invoice for the wire with every doubt about it. */
export function wireInvoice(invoice: Invoice, facts: InvoiceFacts): WireInvoice {
  const doubts = invoiceDoubts(invoice, facts);
  const { date, buyer, buyerTaxNumber, seller, sellerTaxNumber, remark, rates, requestId, rate } = invoice;
  return {
    number: invoice.number,
    code: invoice.code,
    kind: invoice.kind,
    ...(date !== undefined && { date }),
    net: formatMoney(invoice.net),
    tax: formatMoney(invoice.tax),
    total: formatMoney(invoice.total),
    ...(rate !== undefined && { rate: displayRate(rate) }),
    ...(buyer !== undefined && { buyer }),
    ...(buyerTaxNumber !== undefined && { buyerTaxNumber }),
    ...(seller !== undefined && { seller }),
    ...(sellerTaxNumber !== undefined && { sellerTaxNumber }),
    ...(remark !== undefined && { remark }),
    ...(rates !== undefined && { rates }),
    ...(requestId !== undefined && { requestId }),
    sources: invoice.sources.map(({ field, from }) => ({ field, from })),
    findings: doubts.map(({ code }) => code),
    notes: doubts.map(({ text }) => text),
  };
}

/** A request for the wire with its invoices, their difference to it (Σ invoices − amount), and what keeps it from being printed or mailed. */
export function wireRequest(
  known: KnownRequest,
  invoices: readonly Invoice[],
  printedTimes: number,
  settings: Settings,
  factsOf: (invoice: Invoice) => InvoiceFacts,
): WireRequest {
  const { request } = known;
  const invoiced = invoices.reduce((sum, invoice) => sum + invoice.total, 0n);
  return {
    ...request,
    billingCycle: request.billingCycle,
    incentiveBillIds: [...request.incentiveBillIds],
    amount: formatMoney(request.amount),
    taxRate: request.taxRate === undefined ? '' : displayRate(request.taxRate),
    productTaxRate: request.productTaxRate === undefined ? '' : displayRate(request.productTaxRate),
    invoiced: formatMoney(invoiced),
    difference: formatMoney(invoiced - request.amount),
    invoices: invoices.map((invoice) => wireInvoice(invoice, factsOf(invoice))),
    printedTimes,
    problems: requestProblems(known, invoiced, invoices.length, settings),
  };
}

function requestProblems({ request, summedRows }: KnownRequest, invoiced: bigint, count: number, settings: Settings): Text[] {
  const problems: Text[] = [];
  const say = (zh: string, en: string): void => void problems.push({ zh, en });
  if (summedRows > 1) {
    say(
      `申付金额由文件中 ${summedRows} 行相加，请核对；不对时可直接改写`,
      `The amount was added up from ${counted(summedRows, 'row')} of the files: check it, or type it over`,
    );
  }
  if (request.amount % cent !== 0n) {
    const shown = displayMoney(request.amount);
    say(
      `申付金额 ${shown} 有分以下的小数，无法开票，请改写`,
      `The amount ${shown} has parts of a cent and cannot be invoiced: type it over`,
    );
  }
  if (count > 0 && invoiced !== request.amount) {
    const [sum, amount, difference] = [invoiced, request.amount, invoiced - request.amount].map(displayMoney);
    say(
      `发票合计 ${sum}，申付金额 ${amount}，相差 ${difference}`,
      `The invoices add up to ${sum}, the request is ${amount}: ${difference} apart`,
    );
  }
  if (!request.buyerName || !request.buyerTaxNumber) say('缺购方名称或税号', "The buyer's name or tax number is missing");
  const wrong = request.buyerTaxNumber ? taxNumberProblem(request.buyerTaxNumber) : undefined;
  if (wrong) say(`购方${wrong.zh}`, `Buyer: ${wrong.en}`);
  if (!request.mailingAddress && !request.mailbox) say('缺邮寄地址或公共邮箱', 'The mailing address or mailbox is missing');
  if (!settings.sellerName || !settings.sellerTaxNumber) {
    say('设置中缺本公司名称或税号', "The settings lack our own company's name or tax number");
  }
  return problems;
}
