import { capitals } from '../core/capitals.ts';
import { displayMoney, type Money } from '../core/money.ts';
import { across, fitColumns } from './invoice-list-columns.ts';
import { columns, invoiceRows, listedInHead, listSums, type InvoiceListPrint, type PrintedRequest } from './invoice-list-model.ts';
import { cellPadding, contentWidth, lineHeight, page, size } from './invoice-list-page.ts';
import type { TextMeter } from './pdf-text.ts';

/** Sizes for what does not fit its cell. */
const smaller = [size.cell, 7, 6.5, 6, 5.5] as const;

/** One row of the table, measured: the lines of each cell and the height that the tallest needs. */
export interface Row {
  readonly kind: 'header' | 'invoice' | 'subtotal';
  readonly cells: readonly Cell[];
  readonly height: number;
}
/** The lines of a cell, and their size: an id that is too long for its column is set smaller rather than broken. */
export interface Cell {
  readonly lines: readonly string[];
  readonly size: number;
}
/** A labelled field of the head or foot; `wide` takes the whole width. */
export interface Field {
  readonly label: string;
  readonly lines: readonly string[];
  readonly wide: boolean;
  readonly height: number;
}
/** One list, cut into pages: the head stands on the first, the foot on the last, the header row on every page. */
export interface ListLayout {
  readonly head: readonly Field[];
  /** Of the columns, in points. */
  readonly widths: readonly number[];
  readonly header: Row;
  readonly pages: readonly (readonly Row[])[];
  readonly figures: string;
  readonly inCapitals: string;
}

export const titleHeight = 30;
export const labelWidth = 92;
export const footHeight = 138;
/** Height of a row in which a number is written by hand. */
const handwriting = 26;
/** A cell or a field of the head never grows beyond this, so that every row fits a page; the request's own record has the whole text. */
const maxLines = 22;

/** Measures one request's list and cuts it into pages. */
export function layOut(printed: PrintedRequest, print: InvoiceListPrint, meter: TextMeter): ListLayout {
  const head = headFields(printed, print, meter);
  const titles = columns.map(({ zh, en }) => (print.language === 'en' ? `${zh}\n${en}` : zh));
  const texts = invoiceRows(printed, print);
  const { net, tax, total } = listSums(printed);
  const sums = new Map([net, undefined, tax, total].map((sum, index) => [6 + index, sum === undefined ? '' : displayMoney(sum)]));
  const byHand = print.emptyNumbers || printed.invoices.length === 0;
  const table = (cells: readonly (readonly string[])[]) => {
    const widths = fitColumns(titles, cells, sums, byHand, meter);
    const rows = cells.map((row) => measured('invoice', row, widths, meter, false, print.emptyNumbers ? handwriting : 0));
    return { widths, rows, height: rows.reduce((sum, { height }) => sum + height, 0) };
  };
  // Two languages beside one another where that makes no row higher: a long list is a third shorter.
  const under = table(texts);
  const beside = print.language === 'en' ? table(texts.map(besideOneAnother)) : under;
  const { widths, rows } = beside.height < under.height ? beside : under;
  const header = measured('header', titles, widths, meter, true);
  const headHeight = titleHeight + headRows(head).reduce((sum, row) => sum + Math.max(...row.map((f) => f.height)), 0) + 8;
  return {
    head,
    widths,
    header,
    pages: paginate([...rows, subtotal(printed, print, sums, widths, meter)], header.height, headHeight),
    figures: `${printed.request.currency} ${displayMoney(total)}`,
    inCapitals: inCapitals(total, printed.request.currency),
  };
}

/** The columns whose texts are words in both languages: association and kind. */
const worded: readonly number[] = [5, 10];
const besideOneAnother = (cells: readonly string[]): string[] =>
  cells.map((text, index) => (worded.includes(index) && text.split('\n').length === 2 ? text.replace('\n', ' ') : text));

/** Capitals name the currency: only yuan are 人民币. */
const inCapitals = (total: Money, currency: string): string =>
  /^(CNY|RMB|人民币)?$/i.test(currency.trim()) ? capitals(total) : capitals(total).replace('人民币', `${currency} `);

/** The head's fields as drawn: two to a line, wide ones alone. */
export function headRows(fields: readonly Field[]): Field[][] {
  const rows: Field[][] = [];
  for (const field of fields) {
    const last = rows.at(-1);
    if (!field.wide && last?.length === 1 && !last[0]!.wide) last.push(field);
    else rows.push([field]);
  }
  return rows;
}

function headFields(printed: PrintedRequest, print: InvoiceListPrint, meter: TextMeter): Field[] {
  const { request } = printed;
  const { seller, language } = print;
  const { bills, names } = listedInHead(printed);
  const field = (zh: string, en: string, value: string, wide = false): Field => {
    const room = (wide ? contentWidth : contentWidth / 2) - labelWidth - 2 * cellPadding;
    const lines = cut(meter.wrap(value, room, size.head, false));
    return { label: language === 'en' ? `${zh} ${en}` : zh, lines, wide, height: lines.length * size.head * lineHeight + 2 * cellPadding };
  };
  const address = request.mailingAddress || !request.mailbox;
  return [
    field('销售方名称', 'Seller', seller.name),
    field('销售方税号', 'Tax no.', seller.taxNumber),
    field('购买方名称', 'Buyer', request.buyerName),
    field('购买方税号', 'Tax no.', request.buyerTaxNumber),
    field('申付单号', 'Request', request.requestId),
    field('对账期次', 'Period', request.billingCycle),
    field('申付金额', 'Amount', displayMoney(request.amount)),
    field('币种', 'Currency', request.currency),
    field('财务联系人', 'Contact', seller.contact),
    field('联系电话', 'Phone', seller.phone),
    ...(address ? [field('邮寄地址', 'Mail to', request.mailingAddress, true)] : []),
    ...(request.mailbox ? [field('公共邮箱', 'Mailbox', request.mailbox, true)] : []),
    ...(bills.length > 0 ? [field('激励账单ID', 'Bills', bills.join('、'), true)] : []),
    ...(names.length > 0 ? [field('激励名称', 'Incentives', names.join('、'), true)] : []),
  ];
}

/** Label over the first six columns, the sums under theirs, the request's amount and the difference over the last four. */
function subtotal(
  printed: PrintedRequest,
  print: InvoiceListPrint,
  sums: ReadonlyMap<number, string>,
  widths: readonly number[],
  meter: TextMeter,
): Row {
  const { request, invoices } = printed;
  const say = (zh: string, en: string): string => (print.language === 'en' ? `${zh} ${en}` : zh);
  const count = invoices.length;
  const counted = count === 0 ? '' : `（${count} ${say('张发票', count === 1 ? 'invoice' : 'invoices')}）`;
  const label = `${say('申付单', 'Request')} ${request.requestId} ${say('小计', 'Subtotal')}${counted}`;
  const difference = count === 0 ? '' : displayMoney(listSums(printed).total - request.amount);
  const checks = [`${say('申付金额', 'Request')} ${displayMoney(request.amount)}`, `${say('差额', 'Difference')} ${difference}`];
  const beside = meter.width(checks.join('　'), size.cell, true) <= across(widths, 10, 14) - 2 * cellPadding;
  const cell = (text: string, from: number, to: number): Cell => cellOf(text, across(widths, from, to), meter, true);
  const cells = [
    cell(label, 0, 6),
    ...[6, 7, 8, 9].map((column) => cell(sums.get(column) ?? '', column, column + 1)),
    cell(checks.join(beside ? '　' : '\n'), 10, 14),
  ];
  return { kind: 'subtotal', cells, height: rowHeight(cells) };
}

function measured(
  kind: 'header' | 'invoice',
  texts: readonly string[],
  widths: readonly number[],
  meter: TextMeter,
  bold: boolean,
  least = 0,
): Row {
  const cells = texts.map((text, index) => cellOf(text, widths[index]!, meter, bold));
  return { kind, cells, height: Math.max(rowHeight(cells), least) };
}

function cellOf(text: string, width: number, meter: TextMeter, bold: boolean): Cell {
  const room = width - 2 * cellPadding;
  const points = meter.fit(text, room, smaller, bold);
  return { lines: cut(meter.wrap(text, room, points, bold)), size: points };
}

const cut = (lines: readonly string[]): readonly string[] => (lines.length > maxLines ? [...lines.slice(0, maxLines - 1), '……'] : lines);

const rowHeight = (cells: readonly Cell[]): number =>
  Math.max(...cells.map(({ lines, size: points }) => lines.length * points)) * lineHeight + 2 * cellPadding;

/** Fills page after page; the foot stays together with the subtotal and the last invoice, so no page holds a foot alone. */
function paginate(rows: readonly Row[], headerHeight: number, headHeight: number): Row[][] {
  const room = page.height - 2 * page.margin - page.footer;
  const pages: Row[][] = [[]];
  let left = room - headHeight - headerHeight;
  const turn = (): void => {
    pages.push([]);
    left = room - titleHeight - headerHeight;
  };
  for (const [index, row] of rows.entries()) {
    const last = index === rows.length - 2;
    const needed = last ? row.height + rows[index + 1]!.height + footHeight : row.height;
    if (index < rows.length - 1 && needed > left && (pages.length === 1 || pages.at(-1)!.length > 0)) turn();
    pages.at(-1)!.push(row);
    left -= row.height;
  }
  return pages;
}
