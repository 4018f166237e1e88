import { isUtf8 } from 'node:buffer';

/** Info-ZIP's extra field that repeats the name in UTF-8. */
const unicodePath = 0x7075;

function decodeName(raw: Buffer, flaggedUtf8: boolean, extra: readonly { id: number; data: Buffer }[]): string {
  const field = extra.find((one) => one.id === unicodePath && one.data.length > 5);
  if (field) return field.data.toString('utf8', 5);
  if (flaggedUtf8 || isUtf8(raw)) return raw.toString('utf8');
  return new TextDecoder('gb18030').decode(raw);
}

/** A name of an archive's entry: UTF-8 where it says so or is so, else GB18030; drive letters, leading slashes and `..` are taken out. */
export function entryName(
  raw: Buffer,
  flaggedUtf8: boolean,
  extra: readonly { id: number; data: Buffer }[] = [],
): { name: string; renamed: boolean } {
  const stored = decodeName(raw, flaggedUtf8, extra).replaceAll('\\', '/').replaceAll('\0', '');
  const folder = stored.endsWith('/');
  const parts = stored
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  const name = parts.join('/') + (folder ? '/' : '');
  return { name, renamed: stored.startsWith('/') || /^[A-Za-z]:/.test(stored) || stored.split('/').includes('..') };
}

/** What an operating system left beside the files: not the user's data. */
export function isSystemEntry(name: string): boolean {
  const parts = name.split('/');
  const last = parts.at(-1) ?? '';
  return parts[0] === '__MACOSX' || last.startsWith('._') || last === '.DS_Store' || last === 'Thumbs.db' || last === 'desktop.ini';
}

const natural = new Intl.Collator('zh', { numeric: true, sensitivity: 'base' });

/** Order a person expects: part 2 before part 10. Equal names keep their places. */
export function naturalOrder(left: string, right: string): number {
  return natural.compare(left, right);
}
