import { capitals } from './capitals.ts';
import type { Text } from './finding.ts';
import type { InvoiceCheck } from './invoice-checks.ts';
import type { Invoice, PaymentRequest } from './invoice.ts';
import { absolute, cent, displayMoney, displayRate, multiplyRateToCent, type Money } from './money.ts';

/** Σ invoices of the request against the request. */
export function sumCheck(request: PaymentRequest | undefined, invoiced: Money | undefined): InvoiceCheck {
  const code = 'invoice.sum';
  if (!request || invoiced === undefined) return { code, compared: false };
  const [expected, stated] = [request.amount, invoiced];
  if (expected === stated) return { code, compared: true, expected, stated };
  const doubt = {
    zh: `申付单 ${request.requestId} 金额 ${displayMoney(expected)}，已关联发票合计 ${displayMoney(stated)}，相差 ${displayMoney(stated - expected)}`,
    en: `Request ${request.requestId} is ${displayMoney(expected)}, its invoices add up to ${displayMoney(stated)}: ${displayMoney(stated - expected)} apart`,
  };
  return { code, compared: true, doubt, expected, stated };
}

/** Net + tax = total, tax = net × rate to a cent a line, and capitals = figures; the first that is off is told. */
export function arithmeticCheck(invoice: Invoice): InvoiceCheck {
  const code = 'invoice.arithmetic';
  const { number, net, tax, total, rate, lines = 1 } = invoice;
  if (net + tax !== total) {
    const sum = `${displayMoney(net)} + ${displayMoney(tax)}`;
    const doubt = {
      zh: `发票 ${number}：${sum} 不等于价税合计 ${displayMoney(total)}`,
      en: `Invoice ${number}: ${sum} is not its total ${displayMoney(total)}`,
    };
    return { code, compared: true, doubt, expected: net + tax, stated: total };
  }
  const due = rate === undefined ? undefined : multiplyRateToCent(net, rate);
  if (due !== undefined && rate !== undefined && absolute(tax - due) > cent * BigInt(lines)) {
    const product = `${displayMoney(net)} × ${displayRate(rate)} = ${displayMoney(due)}`;
    const doubt = {
      zh: `发票 ${number} 税额 ${displayMoney(tax)} 与 ${product} 不符`,
      en: `The tax ${displayMoney(tax)} of invoice ${number} is not ${product}`,
    };
    return { code, compared: true, doubt, expected: due, stated: tax };
  }
  const doubt = capitalsDoubt(invoice);
  return { code, compared: true, ...(doubt && { doubt }) };
}

/** Issuers write 圆 for 元, 正 for 整, and zeros as they like; the amount itself must be the same. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\(负数\)/g, '负')
    .replaceAll('圆', '元')
    .replace(/人民币|[\s零整正⊗:：]/g, '');

function capitalsDoubt({ number, total, capitals: printed }: Invoice): Text | undefined {
  if (printed === undefined || printed === '' || total % cent !== 0n) return undefined;
  const due = capitals(total);
  const [stated, expected] = [folded(printed), folded(due)];
  // A red invoice prints its sign in figures only.
  if (stated === expected || (total < 0n && stated === expected.replace('负', ''))) return undefined;
  return {
    zh: `发票 ${number} 大写“${printed}”与小写 ${displayMoney(total)}（${due}）不一致`,
    en: `The capitals "${printed}" of invoice ${number} are not its total ${displayMoney(total)} (${due})`,
  };
}
