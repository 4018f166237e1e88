/** Why one cell cannot be read: a stable dotted code and the reason in both languages, without the place (the problem adds it). */
export class Fault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  constructor(code: string, zh: string, en: string) {
    this.code = code;
    this.zh = zh;
    this.en = en;
  }
}

/** One cell that fills two columns of the table (a period: start and end; a bill type: code and class). */
export class Pair {
  readonly first: Bound;
  readonly second: Bound;
  constructor(first: Bound, second: Bound) {
    this.first = first;
    this.second = second;
  }
}

/** What a cell becomes in the database; null is "absent", never zero. */
export type Bound = string | bigint | null;
export type CellReader = (text: string, kind: number) => Bound | Pair | Fault;

const absentTexts = new Set(['-', '--', '—', '——', '/', 'null', 'n/a', 'na', 'none', '空', '无']);

const absentBeginnings = new Set([...absentTexts].flatMap((t) => [t.charCodeAt(0), t.toUpperCase().charCodeAt(0)]));

/** Absent values as the portal writes them: empty, `-`, `--`, `null`, `N/A` … (already trimmed). */
export function isAbsent(text: string): boolean {
  if (text.length === 0) return true;
  // Most short texts (按需, 小时) begin otherwise and need no look-up.
  return text.length <= 4 && absentBeginnings.has(text.charCodeAt(0)) && absentTexts.has(text.toLowerCase());
}

/** Trims spaces, tabs, BOM and NBSP; allocates only where there is something to trim. */
export function trimmed(text: string): string {
  if (text.length === 0) return text;
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first > 32 && first < 160 && last > 32 && last < 160 ? text : text.trim();
}

/** Full-width digits, letters and signs as Chinese keyboards type them, in their plain form; a footnote mark (①, ²) stays what it is. */
export const halfWidth = (text: string): string =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .replaceAll('\uFFE5', '¥');
