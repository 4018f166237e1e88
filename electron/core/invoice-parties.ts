import type { InvoiceCheck } from './invoice-checks.ts';
import type { Invoice, PaymentRequest } from './invoice.ts';
import type { Text } from './finding.ts';
import { normaliseTaxNumber, taxNumberProblem } from './tax-number.ts';

const folded = (name: string): string => name.normalize('NFKC').replace(/\s/g, '');

interface Party {
  readonly name: string;
  readonly taxNumber: string;
}

/** The buyer against the request's, and the shape of the buyer's tax number. */
export function buyerCheck(invoice: Invoice, request: PaymentRequest | undefined): InvoiceCheck {
  const stated = { name: invoice.buyer ?? '', taxNumber: invoice.buyerTaxNumber ?? '' };
  const due = { name: request?.buyerName ?? '', taxNumber: request?.buyerTaxNumber ?? '' };
  const wrong = stated.taxNumber ? taxNumberProblem(stated.taxNumber) : undefined;
  const texts = [
    ...(wrong ? [wrong] : []),
    ...partyDoubts(invoice.number, ['购方', 'buyer'], stated, due, ['申付单要求', 'the request asks for']),
  ];
  return verdict('invoice.buyer', comparable(stated, due) || wrong !== undefined, texts);
}

/** The seller against our own company as the settings have it. */
export function sellerCheck(invoice: Invoice, due: Party = { name: '', taxNumber: '' }): InvoiceCheck {
  const stated = { name: invoice.seller ?? '', taxNumber: invoice.sellerTaxNumber ?? '' };
  const texts = partyDoubts(invoice.number, ['销方', 'seller'], stated, due, ['设置中本公司是', 'our company in the settings is']);
  return verdict('invoice.seller', comparable(stated, due), texts);
}

const comparable = (a: Party, b: Party): boolean => Boolean((a.name && b.name) || (a.taxNumber && b.taxNumber));

function verdict(code: 'invoice.buyer' | 'invoice.seller', compared: boolean, texts: readonly Text[]): InvoiceCheck {
  if (texts.length === 0) return { code, compared };
  return { code, compared, doubt: { zh: texts.map(({ zh }) => zh).join('；'), en: texts.map(({ en }) => en).join('; ') } };
}

type Words = readonly [zh: string, en: string];

function partyDoubts(number: string, who: Words, stated: Party, due: Party, asks: Words): Text[] {
  const pairs: [Words, string, string][] = [
    [['税号', 'tax number'], normaliseTaxNumber(stated.taxNumber), normaliseTaxNumber(due.taxNumber)],
    [['名称', 'name'], stated.name, due.name],
  ];
  return pairs.flatMap(([what, has, wanted]) =>
    has === '' || wanted === '' || folded(has) === folded(wanted)
      ? []
      : [
          {
            zh: `发票 ${number} 的${who[0]}${what[0]}是“${has}”，${asks[0]}“${wanted}”`,
            en: `The ${who[1]}'s ${what[1]} on invoice ${number} is "${has}"; ${asks[1]} "${wanted}"`,
          },
        ],
  );
}

/** The remark names the request and its month; judged only where a remark was read. */
export function remarkCheck(invoice: Invoice, request: PaymentRequest | undefined): InvoiceCheck {
  const code = 'invoice.remark';
  const { remark, number } = invoice;
  if (!request || remark === undefined) return { code, compared: false };
  const missing: Words[] = [
    ...(namesRequest(remark, request.requestId) ? [] : [[`申付单号 ${request.requestId}`, `the request ${request.requestId}`] as const]),
    ...(request.billingCycle === '' || namesCycle(remark.replaceAll(request.requestId, ' '), request.billingCycle)
      ? []
      : [[`对账期次 ${request.billingCycle}`, `the month ${request.billingCycle}`] as const]),
  ];
  if (missing.length === 0) return { code, compared: true };
  const doubt = {
    zh: `发票 ${number} 的备注缺少${missing.map(([zh]) => zh).join('和')}`,
    en: `The remark of invoice ${number} lacks ${missing.map(([, en]) => en).join(' and ')}`,
  };
  return { code, compared: true, doubt };
}

/** One invoice never covers two requests: its remark names another known one. */
export function sharedCheck(invoice: Invoice, requestIds: readonly string[] | undefined): InvoiceCheck {
  const code = 'invoice.shared';
  const { remark, number, requestId } = invoice;
  if (requestIds === undefined || (remark === undefined && requestId === undefined)) return { code, compared: false };
  const named = requestIds.filter((id) => id !== requestId && namesRequest(remark ?? '', id));
  const all = requestId === undefined ? named : [requestId, ...named];
  if (all.length < 2) return { code, compared: true };
  const doubt = {
    zh: `发票 ${number} 涉及多张申付单（${all.join('、')}），一张发票只能用于一张申付单`,
    en: `Invoice ${number} concerns several payment requests (${all.join(', ')}); it can be used for one only`,
  };
  return { code, compared: true, doubt };
}

/** Does a text name this request? Its id stands by itself, not as part of a longer one. */
export function namesRequest(text: string, requestId: string): boolean {
  const [plain, id] = [text, requestId].map((one) => one.normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase()) as [string, string];
  if (id === '') return false;
  for (let at = plain.indexOf(id); at >= 0; at = plain.indexOf(id, at + 1)) {
    const [before, after] = [plain[at - 1] ?? '', plain[at + id.length] ?? ''];
    const continues = (a: string, b: string): boolean => (/\d/.test(a) && /\d/.test(b)) || (/[A-Z]/.test(a) && /[A-Z]/.test(b));
    if (!continues(before, id[0]!) && !continues(id.at(-1)!, after)) return true;
  }
  return false;
}

/** Does a text name this month, in any of the ways people write it ("2025-09", "202509", "2025年9月")? */
function namesCycle(text: string, cycle: string): boolean {
  const [year = '', month = ''] = cycle.split('-');
  return new RegExp(`(?<!\\d)${year}[-/.年]?0?${Number(month)}(?!\\d)`).test(folded(text));
}
