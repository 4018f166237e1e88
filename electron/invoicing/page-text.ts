import type { InvoiceSource } from '../core/invoice.ts';
import type { ReadField, ReadValue } from '../core/read-invoice.ts';
import { formatMoney } from '../core/money.ts';
import { readCents } from '../core/typed-amount.ts';
import { labelled, partyValues, patternAt } from './page-labels.ts';
import { pageLines, printed, runsOf, type Line, type PageLines, type PlacedText } from './page-lines.ts';
import { lineValues } from './xml.ts';

const name = /(?<![物目务位额])名称:/;
const taxNumber = /统一社会信用代码(?:\/纳税人识别号)?:|纳税人识别号:/;
const amount = /(?<![\d.,])-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}(?![\d.])/g;

/**
 * Reads an invoice off its pages by position: labels and values in whatever order, buyer and seller side by side or one above the other. A further
 * page repeats the head; its lines are added, and an empty box of remarks gives way to a filled one.
 */
export function readPages(pages: readonly (readonly PlacedText[])[], from: InvoiceSource): ReadValue[] {
  const laid = pages.map(pageLines);
  const values = laid.flatMap((page) => valuesOf(page, from));
  const hasRemark = values.some(({ field, value }) => field === 'remark' && value !== '');
  return [
    ...values.filter(({ field, value }) => field !== 'remark' || value !== '' || !hasRemark),
    ...lineValues(laid.flatMap(ratesOf), from),
  ];
}

function valuesOf(page: PageLines, from: InvoiceSource): ReadValue[] {
  const parties = { name: partyValues(page, name), taxNumber: partyValues(page, taxNumber) };
  const values: Partial<Record<ReadField, string | undefined>> = {
    number: patternAt(page, /发票号码:?/, /(?<!\d)(?:\d{20}|\d{8})(?!\d)/) ?? patternAt(page, /发票号码:?/, /(?<!\d)\d{20}(?!\d)/),
    code: patternAt(page, /发票代码:?/, /(?<!\d)(?:\d{12}|\d{10})(?!\d)/),
    date: patternAt(page, /开票日期:?/, /\d{4}年\d{1,2}月\d{1,2}日?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)/),
    kind: kindOf(page),
    buyer: parties.name.buyer,
    seller: parties.name.seller,
    buyerTaxNumber: taxNumberOf(parties.taxNumber.buyer),
    sellerTaxNumber: taxNumberOf(parties.taxNumber.seller),
    ...amounts(page),
    capitals: capitalsOf(page),
    remark: remarkOf(page),
  };
  if (values.number?.length === 20) delete values.code;
  return Object.entries(values).flatMap(([field, value]): ReadValue[] =>
    value === undefined ? [] : [{ field: field as ReadField, value, from }],
  );
}

const taxNumberOf = (text: string | undefined): string | undefined =>
  /[0-9A-Z]{15,20}/.exec((text ?? '').normalize('NFKC').toUpperCase().replace(/\s/g, ''))?.[0];

function kindOf({ lines }: PageLines): 'special' | 'ordinary' | undefined {
  const title = lines.map(({ text }) => /(专用|普通)发票/.exec(text)?.[1]).find((found) => found !== undefined);
  return title === undefined ? undefined : title === '专用' ? 'special' : 'ordinary';
}

/** The amounts that stand on a line or a little above or below it, from the left. */
function amountsAt(page: PageLines, line: Line): string[] {
  return page.lines
    .filter(({ y }) => Math.abs(y - line.y) < 0.9 * line.size)
    .flatMap((near) =>
      runsOf(near, 0.35).flatMap((run) => [...run.text.matchAll(amount)].map((m) => ({ text: m[0], x: run.glyphs[m.index]!.x }))),
    )
    .sort((a, b) => a.x - b.x)
    .map(({ text }) => text);
}

function amounts(page: PageLines): { net?: string; tax?: string; total?: string } {
  const sums = page.lines.find(({ text }) => /(?<!税)合计/.test(text));
  const totals = page.lines.find(({ text }) => /价税合计|\(小写\)/.test(text));
  const [net, tax] = sums ? amountsAt(page, sums) : [];
  const total = totals ? amountsAt(page, totals).at(-1) : undefined;
  if (net === undefined || total === undefined) return { ...marked(page), ...(total !== undefined && { total }) };
  // An exempt invoice prints stars, or nothing, for its tax.
  const exempt = sums !== undefined && /\*{2,}|免税|不征税/.test(sums.text) ? { tax: '0.00' } : {};
  return { net, ...(tax === undefined ? exempt : { tax }), total };
}

/** Without labels: the three amounts beside a ¥ of which two add up to the third. */
function marked({ lines }: PageLines): { net?: string; tax?: string; total?: string } {
  const text = lines.flatMap((line) => runsOf(line, 3).map((run) => run.text)).join('\n');
  const found = [...text.matchAll(/¥(-?[\d,]+\.\d{2})|(-?[\d,]+\.\d{2})¥/g)].flatMap((m) => readCents(m[1] ?? m[2] ?? '') ?? []);
  const [total, net, tax] = [...new Set(found)].sort((a, b) => (a > b ? -1 : 1));
  if (total === undefined || net === undefined || tax === undefined || net + tax !== total) return {};
  const plain = (units: bigint): string => formatMoney(units).slice(0, -6);
  return { net: plain(net), tax: plain(tax), total: plain(total) };
}

/** One rate for each line of the table, between its head and the sums, in the column of its head: an item's name may hold a percentage too. */
function ratesOf({ lines }: PageLines): string[] {
  const head = lines.findIndex(({ text }) => text.includes('税率'));
  const sums = lines.findIndex(({ text }, index) => index > head && /(?<!税)合计|小计|价税合计|\(小写\)/.test(text));
  const table = lines.slice(head + 1, sums < 0 ? undefined : sums);
  const column = head < 0 ? undefined : columnOf(lines[head]!);
  return table
    .flatMap((line) => runsOf(line))
    .flatMap(({ text, glyphs, size }) =>
      [...text.matchAll(/(?<![\d.])\d{1,2}(?:\.\d{1,2})?%|免税|不征税/g)]
        .filter(({ index }) => !column || (glyphs[index]!.x > column.x - 3 * size && glyphs[index]!.x < column.end + 2 * size))
        .map(([rate]) => rate),
    );
}

/** From where to where the head of the rates stands. */
function columnOf(head: Line): { readonly x: number; readonly end: number } {
  const label = /税率(?:\/征收率)?/.exec(head.text)!;
  return { x: head.glyphs[label.index]!.x, end: head.glyphs[label.index + label[0].length - 1]!.end };
}

function capitalsOf({ lines }: PageLines): string | undefined {
  for (const { text, glyphs } of lines) {
    const found = /(?:\(负数\))?[负零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆][零壹贰叁肆伍陆柒捌玖角分整正]*/.exec(text);
    if (!found) continue;
    const printedAs = glyphs.slice(found.index, found.index + found[0].length);
    return printedAs.map(({ raw }) => raw).join('');
  }
  return undefined;
}

/** What stands in the box of remarks, line by line; empty where the box is; undefined where there is no such box. */
function remarkOf(page: PageLines): string | undefined {
  const upright = page.vertical.find(({ word }) => word === '备注');
  const [flat] = labelled(page, /备注:?/);
  if (!upright && !flat) return undefined;
  const size = page.lines[0]?.size ?? 1;
  const left = upright ? upright.x + size * 0.9 : flat!.x;
  const total = page.lines.findLast(({ text, y }) => /价税合计|\(小写\)/.test(text) && y < (upright?.top ?? flat!.y));
  const foot = page.lines.find(({ text, y }) => /开票人|收款人|复核/.test(text) && y > (upright?.top ?? flat!.y));
  const top = upright ? (total ? total.y + 0.5 * size : upright.top - 2 * size) : flat!.y - 0.5 * size;
  const bottom = foot ? foot.y - 0.3 * size : (upright?.bottom ?? flat!.y) + 4 * size;
  const box = page.lines.filter(({ y }) => y > top && y < bottom);
  const texts = box.map((line) =>
    printed(
      line.glyphs.filter(({ x }) => x >= left),
      line.size,
    ),
  );
  return texts
    .map((text) => text.replace(/^备注[:：]?/, ''))
    .filter(Boolean)
    .join('\n');
}
