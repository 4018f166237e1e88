import type { Label, LabelPrint, Party } from './label-model.ts';
import type { TextMeter } from './pdf-text.ts';
import { counted } from '../core/display-count.ts';

/** A label's rectangle on the sheet, in points. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface LabelToDraw {
  readonly document: PDFKit.PDFDocument;
  readonly meter: TextMeter;
  readonly label: Label;
  readonly print: LabelPrint;
}

/** One line of text, measured. */
interface Line {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
}

const margin = 17;
const mark = 26;
const lineHeight = 1.35;
const ink = { text: '#000000', line: '#595959', small: '#404040' };

/** Height shares of the four bands: courier, recipient, sender, contents; the recipient gets what the others leave. */
const courierHeight = 52;
const contentsHeight = 74;
const senderHeight = 84;

/** Draws one label: courier and tracking number, recipient (large), sender, and what is inside. */
export function drawLabel(drawn: LabelToDraw, place: LabelPlace): void {
  const { document, label, print } = drawn;
  const [x, width] = [place.x + margin, place.width - 2 * margin];
  let y = place.y + margin;
  const bottom = place.y + place.height - margin;
  document
    .lineWidth(0.8)
    .rect(x, y, width, bottom - y)
    .stroke(ink.line);
  const band = (height: number): LabelPlace => {
    const here = { x, y, width, height };
    y += height;
    if (y < bottom)
      document
        .lineWidth(0.6)
        .moveTo(x, y)
        .lineTo(x + width, y)
        .stroke(ink.line);
    return here;
  };
  drawCourier(drawn, band(courierHeight));
  drawParty(drawn, ['收', 'To'], label.to, band(bottom - y - senderHeight - contentsHeight), [20, 16]);
  drawParty(drawn, ['寄', 'From'], label.from, band(senderHeight), [10, 10]);
  drawContents(drawn, band(bottom - y), print);
}

function drawCourier(drawn: LabelToDraw, place: LabelPlace): void {
  const { courier, tracking } = drawn.label;
  const english = drawn.print.language === 'en';
  const half = place.height / 2;
  const rows = [
    ['快递公司', 'Courier', courier],
    ['快递单号', 'Tracking no.', tracking],
  ] as const;
  for (const [index, [zh, en, value]] of rows.entries()) {
    const y = place.y + index * half;
    write(drawn, { text: zh, size: 8, bold: false }, place.x + 6, y + (english ? 4 : 8));
    if (english) write(drawn, { text: en, size: 6.5, bold: false }, place.x + 6, y + 15);
    const room = place.width - 60;
    if (value !== '') write(drawn, fitting(drawn, value, room, 13, 3), place.x + 54, y + 5);
  }
  drawn.document
    .lineWidth(0.4)
    .moveTo(place.x + 50, place.y + half)
    .lineTo(place.x + place.width - 8, place.y + half)
    .stroke(ink.line);
}

/** A party in its band: the largest sizes at which all of it fits; nothing is cut off. */
function drawParty(
  drawn: LabelToDraw,
  [word, english]: readonly [zh: string, en: string],
  party: Party,
  place: LabelPlace,
  [nameSize, addressSize]: readonly [number, number],
): void {
  const { document } = drawn;
  const box = word === '收' ? mark : 18;
  document.rect(place.x + 6, place.y + 8, box, box).fill(ink.text);
  document.fillColor('#ffffff');
  write(drawn, { text: word, size: box * 0.66, bold: true }, place.x + 6 + box * 0.17, place.y + 8 + box * 0.06);
  document.fillColor(ink.text);
  if (drawn.print.language === 'en') {
    const shift = (box - drawn.meter.width(english, 7, false)) / 2;
    write(drawn, { text: english, size: 7, bold: false }, place.x + 6 + shift, place.y + 10 + box);
  }
  const left = place.x + box + 14;
  const room = place.x + place.width - left - 8;
  let y = place.y + 8;
  for (const lines of partyLines(drawn, party, room, place.height - 12, nameSize, addressSize)) {
    for (const line of lines) {
      write(drawn, line, left, y);
      y += line.size * lineHeight;
    }
    y += apart;
  }
}

/** Points between who, company and address. */
const apart = 2.5;

/** The lines of who, company and address. */
function partyLines({ meter }: LabelToDraw, party: Party, room: number, height: number, nameSize: number, addressSize: number): Line[][] {
  const wrapped = (text: string, size: number, bold: boolean): Line[] =>
    text === '' ? [] : meter.wrap(text, room, size, bold).map((line) => ({ text: line, size, bold }));
  const who = [party.person, party.phone].filter(Boolean);
  const together = who.join('　');
  for (let scale = 100; ; scale -= 5) {
    const sized = (points: number): number => (points * scale) / 100;
    const parts = [
      // A phone number is never broken: beside the name where it fits, else below.
      (meter.width(together, sized(nameSize), true) <= room ? [together] : who).flatMap((text) => wrapped(text, sized(nameSize), true)),
      wrapped(party.company, sized(addressSize - 2), false),
      wrapped(party.address, sized(addressSize), nameSize > 12),
    ].filter((lines) => lines.length > 0);
    const used = parts.flat().reduce((sum, line) => sum + line.size * lineHeight, 0) + apart * (parts.length - 1);
    if (used <= height || scale <= 25) return parts;
  }
}

function drawContents(drawn: LabelToDraw, place: LabelPlace, print: LabelPrint): void {
  const { label, meter } = drawn;
  const english = print.language === 'en';
  const room = place.width - 12;
  const foot = place.y + place.height - (english ? 25 : 15);
  const ids = `申付单号${english ? ' Request' : ''}　${label.requestIds.join('、')}`;
  let size = 9;
  while (size > 4 && meter.wrap(ids, room, size, true).length * size * lineHeight > foot - place.y - 17) size -= 0.5;
  let y = place.y + 6;
  for (const text of meter.wrap(ids, room, size, true)) {
    write(drawn, { text, size, bold: true }, place.x + 6, y);
    y += size * lineHeight;
  }
  const { invoices } = label;
  write(drawn, { text: invoices > 0 ? `内件　发票 ${invoices} 张、开票清单` : '内件　开票清单', size: 8, bold: false }, place.x + 6, foot);
  const count = invoices > 0 ? `${counted(invoices, 'invoice')}, ` : '';
  if (english) write(drawn, { text: `Contents　${count}invoice list`, size: 7, bold: false }, place.x + 6, foot + 11);
  const number = print.printNumber === undefined ? '预览 PREVIEW' : String(print.printNumber).padStart(6, '0');
  const named = print.printNumber === undefined ? number : `打印编号${english ? ' No.' : ''} ${number}`;
  const line = { text: `${named}　${print.at.slice(0, 10)}`, size: 6.5, bold: false };
  write(drawn, line, place.x + place.width - 6 - meter.width(line.text, line.size, false), foot + 1.5);
}

/** The text in one line, as large as the room allows. */
function fitting({ meter }: LabelToDraw, text: string, room: number, largest: number, least: number): Line {
  let size = largest;
  while (size > least && meter.width(text, size, true) > room) size -= 0.5;
  return { text, size, bold: true };
}

function write({ document, meter }: LabelToDraw, { text, size, bold }: Line, x: number, y: number): void {
  if (text === '') return;
  // Measured so that a character that the font lacks is told.
  meter.width(text, size, bold);
  document.font(bold ? 'bold' : 'regular', size).text(text, x, y - size * 0.1, { lineBreak: false, features: [] });
}
