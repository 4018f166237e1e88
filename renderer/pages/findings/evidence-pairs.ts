import { parseMoney } from '../../../electron/core/money.ts';
import type { Evidence } from '../../stores/findings.ts';

export type Side = Evidence['sides'][number];
export type EvidenceTable = Side['tables'][number];

/** One field of two rows laid side by side; undefined where that side has no such column. */
export interface PairedField {
  readonly header: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
  readonly differs: boolean;
}

const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/[（(][^）)]*[）)]|\s/g, '')
    .toLowerCase();

/** Amounts are compared as amounts ("75.5" is "75.50"), anything else as text. */
function same(a: string, b: string): boolean {
  if (a.trim() === b.trim()) return true;
  const x = parseMoney(a.replaceAll(',', '').trim());
  return x !== undefined && x === parseMoney(b.replaceAll(',', '').trim());
}

/** Two rows field by field: headers both have first, in the left file's order; fields empty on both sides are left out. */
export function pairFields(left: EvidenceTable | undefined, right: EvidenceTable | undefined): PairedField[] {
  const cellsOf = (table: EvidenceTable | undefined) =>
    new Map(table?.header.map((h, i) => [plain(h), { header: h, value: table.rows[0]?.cells[i] ?? '' }] as const));
  const l = cellsOf(left);
  const r = cellsOf(right);
  const both: PairedField[] = [];
  const one: PairedField[] = [];
  for (const [key, cell] of l) {
    const other = r.get(key);
    if (other) both.push({ header: cell.header, left: cell.value, right: other.value, differs: !same(cell.value, other.value) });
    else one.push({ header: cell.header, left: cell.value, right: undefined, differs: false });
  }
  for (const [key, cell] of r) if (!l.has(key)) one.push({ header: cell.header, left: undefined, right: cell.value, differs: false });
  return [...both, ...one].filter((f) => (f.left ?? '') !== '' || (f.right ?? '') !== '');
}

/** Headers (normalised) that both sides have and whose values, taken together, are not the same. */
export function differingHeaders(left: readonly EvidenceTable[], right: readonly EvidenceTable[]): ReadonlySet<string> {
  const values = (tables: readonly EvidenceTable[]) => {
    const map = new Map<string, Set<string>>();
    for (const table of tables)
      table.header.forEach((h, i) => {
        const set = map.get(plain(h)) ?? new Set();
        for (const row of table.rows) set.add((row.cells[i] ?? '').trim());
        map.set(plain(h), set);
      });
    return map;
  };
  const l = values(left);
  const r = values(right);
  return new Set([...l.keys()].filter((h) => r.has(h) && [...l.get(h)!].toSorted().join('\n') !== [...r.get(h)!].toSorted().join('\n')));
}

export const isDiffering = (differing: ReadonlySet<string>, header: string): boolean => differing.has(plain(header));
export const rowCount = (side: Side | undefined): number => side?.tables.reduce((n, t) => n + t.rows.length, 0) ?? 0;

/**
 * The columns of a group in the order in which they tell something: what differs between the sides, amounts, the rest; columns empty in every row
 * are left out. Indexes into the table's header.
 */
export function tellingColumns(table: EvidenceTable, differing: ReadonlySet<string>): number[] {
  const rank = (header: string) => (isDiffering(differing, header) ? 0 : /金额|应付|应还|支付|抵扣|价|余额|amount/i.test(header) ? 1 : 2);
  return table.header
    .map((header, index) => ({ header, index }))
    .filter(({ index }) => table.rows.some((r) => (r.cells[index] ?? '') !== ''))
    .toSorted((a, b) => rank(a.header) - rank(b.header) || a.index - b.index)
    .map(({ index }) => index);
}
