import { cellKinds } from '../cells.ts';
import { Fault, isAbsent, trimmed } from './fault.ts';

const damagedText = /^\d+(?:\.\d+)?[eE]\+?\d+$/;
const damaged = new Fault(
  'id.damaged',
  '是被 Excel 改坏的编号，不能用来对账；请重新下载，不要用 Excel 另存',
  'is an id that Excel has damaged and cannot be a key: download the file again and do not save it in Excel',
);
const errorCell = new Fault('cell.error', '是 Excel 的错误值', 'is an error value of Excel');

/** As csv writes it. */
const errorText = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!)$/;
const isError = (text: string): boolean => text.charCodeAt(0) === 35 && errorText.test(text);

/** Free text, trimmed; null where absent. */
export function readText(raw: string, kind: number): string | null | Fault {
  if (kind === cellKinds.error) return errorCell;
  const text = trimmed(raw);
  if (isError(text)) return errorCell;
  return isAbsent(text) ? null : text;
}

/** An id is text: tabs and spaces around it go; one that Excel has turned into a rounded number is refused, never a key. */
export function readId(raw: string, kind: number): string | null | Fault {
  if (kind === cellKinds.error) return errorCell;
  const text = trimmed(raw);
  const length = text.length;
  if (length <= 4 && isAbsent(text)) return null;
  if (isError(text)) return errorCell;
  if (kind === cellKinds.number) return readNumberId(text);
  if (length <= 24 && text.includes('+') && damagedText.test(text)) return damaged;
  return text;
}

function readNumberId(text: string): string | Fault {
  const digits = /^(\d+)(?:\.0+)?$/.exec(text)?.[1];
  return digits === undefined || digits.length > 15 ? damaged : digits;
}

/** Several ids in one cell, separated by `;`, `,`, `、` or line breaks: joined with `;` in the order given. */
export function readIdList(raw: string, kind: number): string | null | Fault {
  const parts: string[] = [];
  for (const part of raw.split(/[;；,，、\n]+/)) {
    const id = readId(part, kind);
    if (id instanceof Fault) return id;
    if (id !== null) parts.push(id);
  }
  return parts.length === 0 ? null : parts.join(';');
}
