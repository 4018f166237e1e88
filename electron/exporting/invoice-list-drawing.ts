import { across } from './invoice-list-columns.ts';
import { footHeight, headRows, labelWidth, titleHeight, type ListLayout, type Row } from './invoice-list-layout.ts';
import { cellPadding, contentWidth as width, lineHeight, page, size } from './invoice-list-page.ts';
import { columns, type InvoiceListPrint, type PrintedRequest } from './invoice-list-model.ts';
import type { TextMeter } from './pdf-text.ts';

/** One page of one list to be drawn: `index` counts its pages from 0. */
export interface PageToDraw {
  readonly document: PDFKit.PDFDocument;
  readonly meter: TextMeter;
  readonly printed: PrintedRequest;
  readonly print: InvoiceListPrint;
  readonly layout: ListLayout;
  readonly index: number;
}

const ink = { text: '#000000', line: '#595959', label: '#f0f0f0', band: '#f7f7f7', stamp: '#c00000', watermark: '#bfbfbf' };
const left = page.margin;

/** Draws one page: title, head or continuation, header row, rows, and the foot on the last. */
export function drawPage(drawn: PageToDraw): void {
  const { document, layout, index, print } = drawn;
  const last = index === layout.pages.length - 1;
  if (print.printNumber === undefined) drawWatermark(drawn);
  drawTitle(drawn);
  let y = page.margin + titleHeight;
  if (index === 0) y = drawHead(drawn, y) + 8;
  y = drawRow(drawn, layout.header, y);
  for (const row of layout.pages[index]!) y = drawRow(drawn, row, y);
  if (last) drawFoot(drawn, y + 6);
  drawFooter(drawn);
  document.fillColor(ink.text);
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly align?: 'left' | 'right' | 'center';
  readonly size?: number;
  readonly bold?: boolean;
}

/** Draws lines that were already broken; alignment is ours, so pdfkit measures nothing. */
function write({ document, meter }: PageToDraw, lines: readonly string[], place: Place): void {
  const { x, y, align = 'left', bold = false } = place;
  const points = place.size ?? size.cell;
  document.font(bold ? 'bold' : 'regular', points);
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const spare = place.width - meter.width(line, points, bold);
    const shift = align === 'left' ? 0 : align === 'right' ? spare : spare / 2;
    // Line box to baseline box: the font's own ascent is taller than the line.
    document.text(line, x + shift, y + index * points * lineHeight - points * 0.1, { lineBreak: false, features: [] });
  }
}

function box(document: PDFKit.PDFDocument, x: number, y: number, w: number, h: number, fill?: string): void {
  document.lineWidth(0.4);
  if (fill) document.rect(x, y, w, h).fillAndStroke(fill, ink.line);
  else document.rect(x, y, w, h).stroke(ink.line);
  document.fillColor(ink.text);
}

function drawTitle(drawn: PageToDraw): void {
  const { document, print, printed, index, meter } = drawn;
  const english = print.language === 'en' ? ' Invoice List' : '';
  if (index > 0) drawContinued(drawn);
  write(drawn, [`开票清单${english}`], { x: left, y: page.margin, width, align: 'center', size: size.title, bold: true });
  if (printed.printedBefore === 0 || print.printNumber === undefined) return;
  const times = printed.printedBefore + 1;
  const mark = print.language === 'en' ? `重印 Reprint（第 ${times} 次打印 print ${times}）` : `重印（第 ${times} 次打印）`;
  const wide = meter.width(mark, 10, true) + 12;
  document
    .lineWidth(1)
    .rect(page.width - page.margin - wide, page.margin, wide, 18)
    .stroke(ink.stamp);
  document.fillColor(ink.stamp);
  write(drawn, [mark], { x: page.width - page.margin - wide + 6, y: page.margin + 3, width: wide, size: 10, bold: true });
  document.fillColor(ink.text);
}

/** On each further page, left of the title: whose list goes on. */
function drawContinued(drawn: PageToDraw): void {
  const words = drawn.print.language === 'en' ? '续 申付单 Continued: request' : '续 申付单';
  const text = `${words} ${drawn.printed.request.requestId}`;
  const room = width / 2 - 90;
  const points = drawn.meter.fit(text, room, [9, 8, 7, 6], false);
  write(drawn, drawn.meter.wrap(text, room, points, false).slice(0, 2), { x: left, y: page.margin + 6, width: room, size: points });
}

/** Returns the y below it. */
function drawHead(drawn: PageToDraw, top: number): number {
  let y = top;
  for (const row of headRows(drawn.layout.head)) {
    const height = Math.max(...row.map((field) => field.height));
    for (const [index, field] of row.entries()) {
      const wide = field.wide ? width : width / 2;
      const x = left + index * (width / 2);
      box(drawn.document, x, y, labelWidth, height, ink.label);
      box(drawn.document, x + labelWidth, y, wide - labelWidth, height);
      write(drawn, [field.label], { x: x + cellPadding, y: y + cellPadding, width: labelWidth, size: size.head });
      const inside = { x: x + labelWidth + cellPadding, y: y + cellPadding, width: wide - labelWidth };
      write(drawn, field.lines, { ...inside, size: size.head });
    }
    y += height;
  }
  return y;
}

/** Column spans of the subtotal row's cells. */
const subtotalSpans = [
  [0, 6],
  [6, 7],
  [7, 8],
  [8, 9],
  [9, 10],
  [10, 14],
] as const;

/** Returns the y below it. */
function drawRow(drawn: PageToDraw, row: Row, y: number): number {
  const bold = row.kind !== 'invoice';
  const fill = row.kind === 'header' ? ink.label : row.kind === 'subtotal' ? ink.band : undefined;
  for (const [index, { lines, size: points }] of row.cells.entries()) {
    const [from, to] = row.kind === 'subtotal' ? subtotalSpans[index]! : [index, index + 1];
    const x = left + across(drawn.layout.widths, 0, from);
    const wide = across(drawn.layout.widths, from, to);
    box(drawn.document, x, y, wide, row.height, fill);
    const align = row.kind === 'header' ? 'center' : to - from > 1 ? 'left' : columns[from]!.align;
    const text = lines.length * points * lineHeight;
    const inside = { x: x + cellPadding, y: y + (row.height - text) / 2, width: wide - 2 * cellPadding };
    write(drawn, lines, { ...inside, align, bold, size: points });
  }
  return y + row.height;
}

function drawFoot(drawn: PageToDraw, top: number): void {
  const { document, print, layout } = drawn;
  const say = (zh: string, en: string): string => (print.language === 'en' ? `${zh} ${en}` : zh);
  const total = `${say('价税合计（小写）', 'Total')}　${layout.figures}`;
  box(document, left, top, width, 22);
  write(drawn, [total], { x: left + 6, y: top + 6, width: width * 0.4, size: 9, bold: true });
  const words = `${say('（大写）', 'In capitals')}　${layout.inCapitals}`;
  write(drawn, [words], { x: left + width * 0.38, y: top + 6, width: width * 0.6, size: 9, bold: true });
  const note = print.accompaniesVendorList
    ? say('本清单随附于贵方提供的开票清单，以贵方清单为准。', "It accompanies the vendor's own invoice list, which prevails.")
    : say('以上发票均为本公司依据所列申付单开具。', 'These invoices were issued by us for the payment request above.');
  write(drawn, [note], { x: left, y: top + 27, width, size: size.small });
  drawSigning(drawn, top + 40, say);
}

/** What is known already, in the middle of its box: in one line, else smaller in up to three. */
function fillIn(drawn: PageToDraw, value: string, place: Place, height: number): void {
  const large = drawn.meter.width(value, 10, true) <= place.width;
  const points = large ? 10 : 7;
  const wrapped = large ? [value] : drawn.meter.wrap(value, place.width, points, true);
  const lines = wrapped.length > 3 ? [...wrapped.slice(0, 2), `${wrapped[2]!.slice(0, -1)}…`] : wrapped;
  const y = place.y + (height - lines.length * points * lineHeight) / 2;
  write(drawn, lines, { ...place, y, size: points, bold: true });
}

/** Room for a box's own words before what is filled in. */
const mailingLabel = 92;

/** Boxes to sign, to seal, and to fill in when mailing: everything that is done by hand. */
function drawSigning(drawn: PageToDraw, top: number, say: (zh: string, en: string) => string): void {
  const { document } = drawn;
  const height = footHeight - 46;
  const row = height / 3;
  const { courier = '', tracking = '', on = '' } = drawn.printed.mailing ?? {};
  const boxes: [string, string, number, number, number, number][] = [
    [say('经办人签字', 'Prepared by'), '', 0, 0, 0.22, 1.5],
    [say('复核人签字', 'Reviewed by'), '', 0, 1.5, 0.22, 1.5],
    [say('盖章（公章或发票专用章）', 'Seal'), '', 0.22, 0, 0.36, 3],
    [say('快递公司', 'Courier'), courier, 0.58, 0, 0.42, 1],
    [say('快递单号', 'Tracking no.'), tracking, 0.58, 1, 0.42, 1],
    [say('寄出日期', 'Mailed on'), on, 0.58, 2, 0.42, 1],
  ];
  for (const [label, value, x, y, w, h] of boxes) {
    box(document, left + x * width, top + y * row, w * width, h * row);
    write(drawn, [label], { x: left + x * width + 5, y: top + y * row + 5, width: w * width, size: size.head });
    if (value !== '')
      fillIn(drawn, value, { x: left + x * width + mailingLabel, y: top + y * row, width: w * width - mailingLabel - 5 }, row);
  }
}

const printNumber = (id: number): string => String(id).padStart(6, '0');

function drawFooter(drawn: PageToDraw): void {
  const { print, layout, index } = drawn;
  const english = print.language === 'en';
  const y = page.height - page.margin - size.small * lineHeight;
  const number = print.printNumber === undefined ? '预览 Preview' : printNumber(print.printNumber);
  const place = { x: left, y, width, size: size.small };
  const { lastPrint } = drawn.printed;
  const before =
    lastPrint && print.printNumber !== undefined
      ? `　${english ? '前次打印 Last print' : '前次打印'} ${printNumber(lastPrint.id)}　${lastPrint.at}`
      : '';
  write(drawn, [`${english ? '打印编号 Print no.' : '打印编号'} ${number}　${print.at}${before}`], place);
  const count = `第 ${index + 1} / ${layout.pages.length} 页${english ? `　Page ${index + 1} of ${layout.pages.length}` : ''}`;
  write(drawn, [count], { ...place, align: 'right' });
}

function drawWatermark(drawn: PageToDraw): void {
  const { document } = drawn;
  document.save().rotate(-25, { origin: [page.width / 2, page.height / 2] });
  document.fillColor(ink.watermark).fillOpacity(0.45);
  write(drawn, ['预览 PREVIEW'], { x: left, y: page.height / 2 - 50, width, align: 'center', size: 90, bold: true });
  document.restore();
  document.fillOpacity(1).fillColor(ink.text);
}
