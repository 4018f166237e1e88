import { utf16Of } from './encoding.ts';
import type { RefusalCode } from './refusals.ts';

/** What a file is by its first bytes; never by its name. */
export type Sniffed = 'zip' | 'gzip' | 'tar' | 'text' | 'ole' | RefusalCode;

/** Bytes of a file the sniffing wants to see. */
export const sniffBytes = 64 * 1024;

const magics: readonly (readonly [string, Sniffed])[] = [
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['504b0708', 'zip'],
  ['1f8b', 'gzip'],
  ['25504446', 'file.pdf'],
  ['7f454c46', 'file.executable'],
  ['cafebabe', 'file.executable'],
  ['cffaedfe', 'file.executable'],
  ['89504e47', 'file.image'],
  ['ffd8ff', 'file.image'],
  ['47494638', 'file.image'],
  ['49492a00', 'file.image'],
  ['4d4d002a', 'file.image'],
  ['526172211a07', 'file.rar'],
  ['377abcaf271c', 'file.rar'],
];

/** A directory entry's name in an OLE compound file, as it is stored. */
function hasStream(bytes: Buffer, name: string): boolean {
  return bytes.includes(Buffer.from(name, 'utf16le'));
}

/** Where the first directory sector of an OLE compound file lies, in bytes. */
export function oleDirectoryOffset(head: Buffer): number {
  if (head.length < 512) return 0;
  return (head.readUInt32LE(48) + 1) * 2 ** head.readUInt16LE(30);
}

/** What an OLE compound file holds, by the names in its directory. */
export function oleKind(directory: Buffer): RefusalCode {
  if (hasStream(directory, 'EncryptedPackage') || hasStream(directory, 'EncryptionInfo')) return 'file.encrypted';
  if (hasStream(directory, 'Workbook') || hasStream(directory, 'Book')) return 'file.xls';
  return 'file.ole';
}

/** A tar's first header: its magic, or in the oldest kind only a checksum that is right. */
function isTar(head: Buffer): boolean {
  if (head.length < 512) return false;
  if (head.toString('latin1', 257, 262) === 'ustar') return true;
  const stated = Number.parseInt(head.toString('latin1', 148, 156).replaceAll('\0', ' ').trim(), 8);
  // The checksum counts its own eight bytes as blanks.
  let sum = 8 * 32;
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += head[i] ?? 0;
  return sum === stated;
}

/** Share of bytes that no text table holds: control characters except tab, line ends, form feed, Ctrl-Z. */
function isBinary(head: Buffer): boolean {
  let controls = 0;
  for (const byte of head) {
    if ((byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 0x1a) || byte === 0x7f) controls++;
  }
  return controls > 4 && controls > head.length * 0.02;
}

function textKind(head: Buffer): Sniffed {
  const wide = utf16Of(head);
  const text = (wide ? new TextDecoder(wide.encoding).decode(head.subarray(0, 2048)) : head.toString('latin1', 0, 1024))
    .replace(/^(?:\uFEFF|\u00EF\u00BB\u00BF)/, '')
    .trimStart()
    .toLowerCase();
  if (/^(?:<!doctype html|<html|<head|<body|<table|<meta|<!--)/.test(text)) return 'file.html';
  if (text.startsWith('<?xml') || text.startsWith('<workbook')) return text.includes('<html') ? 'file.html' : 'file.xml';
  return !wide && isBinary(head) ? 'file.not-text' : 'text';
}

/** `head` holds the first bytes of the file (at least `sniffBytes`, or all of it). */
export function sniff(head: Buffer): Sniffed {
  if (head.length === 0) return 'file.empty';
  const hex = head.toString('hex', 0, 8);
  if (hex === 'd0cf11e0a1b11ae1') return 'ole';
  for (const [magic, kind] of magics) if (hex.startsWith(magic)) return kind;
  if (hex.startsWith('424d') && head.length > 14 && head.readUInt32LE(6) === 0) return 'file.image';
  if (hex.startsWith('52494646') && head.toString('latin1', 8, 12) === 'WEBP') return 'file.image';
  if (hex.startsWith('4d5a') && isBinary(head)) return 'file.executable';
  if (isTar(head)) return 'tar';
  return textKind(head);
}
