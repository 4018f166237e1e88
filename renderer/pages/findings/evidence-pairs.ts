import type { Kind } from '../../../electron/core/kinds.ts';
import { absolute, parseMoney, type Money } from '../../../electron/core/money.ts';
import { portalWord } from '../../../electron/core/portal-words.ts';
import type { Evidence } from '../../stores/findings.ts';
import type { Language } from '../../texts/names.ts';

export type Side = Evidence['sides'][number];
export type EvidenceTable = Side['tables'][number];

/** One row of a file, as evidence for one side. */
export interface Line {
  readonly side: Side['side'];
  readonly table: EvidenceTable;
  readonly row: number;
  readonly cells: readonly string[];
}
/** What the rows say of one thing: a cell for each line (undefined where its file has no such column), in the portal's words. */
export interface EvidenceField {
  readonly key: string;
  readonly header: string;
  readonly cells: readonly (string | undefined)[];
  /** Which column of its table each cell is. */
  readonly columns: readonly (number | undefined)[];
  /** The two sides contradict each other here, or this is one of the two amounts that the finding compares. */
  readonly differs: boolean;
  /** Its cells are amounts: they stand under each other by their ends. */
  readonly amount: boolean;
}

/** Columns of other names that mean the same amount, and one name (应还 and 应付) that does not. */
const meanings: { readonly [K in Kind]?: Readonly<Record<string, string>> } = {
  'partner-bill': { customerAmount: 'consumed', amountDue: 'payable', couponAmount: 'partnerCoupon' },
  'bill-summary': { consumptionAmount: 'consumed', amountDue: 'payable', couponAmount: 'partnerCoupon' },
  consumption: { amountDue: 'consumed' },
  'consumption-summary': { amountDue: 'consumed' },
  order: { amount: 'consumed' },
  'performance-summary': { totalAmount: 'performance' },
  performance: { amount: 'performance' },
  'incentive-summary': { amount: 'incentive', incentiveName: 'plan' },
  incentive: { amount: 'incentive', baseAmount: 'performance', planName: 'plan' },
  'account-statement': { changeAmountPrinted: 'consumed' },
  adjustment: { amount: 'consumed', operation: 'tradeType', operatedAt: 'tradedAt' },
};
const meaningOf = (kind: Kind, field: string): string => meanings[kind]?.[field] ?? field;

const isAmount = (field: string): boolean => /amount|price|income|expense/i.test(field) && !/usage/i.test(field);
const amountOf = (text: string): Money | undefined => parseMoney(text.replaceAll(',', '').trim());
/** An account entry has a sign where a bill has none. */
const sizeOf = (text: string): Money => absolute(amountOf(text) ?? 0n);

export const linesOf = (evidence: Pick<Evidence, 'sides'>): Line[] =>
  evidence.sides.flatMap(({ side, tables }) =>
    tables.flatMap((table) => table.rows.map((r) => ({ side, table, row: r.row, cells: r.cells }))),
  );

interface Thing {
  readonly field: string;
  readonly headers: Set<string>;
  readonly sides: Set<string>;
  readonly cells: (string | undefined)[];
  readonly columns: (number | undefined)[];
}

/** Where a cell stands in its file: "H17", as a spreadsheet says it; a merged date column may have none. */
export function addressOf(line: Line, column: number): string {
  let letters = '';
  for (let n = line.table.columns[column] ?? 0; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return `${letters}${line.row}`;
}

/** All rows thing by thing: what differs first (amounts before all), then amounts, then what both sides have, then the rest in the files' order, zeros last; empty things are left out. */
export function evidenceFields(
  lines: readonly Line[],
  finding: { readonly expected: string; readonly stated: string },
  language: Language,
): EvidenceField[] {
  const found = new Map<string, Thing>();
  for (const [at, line] of lines.entries()) {
    line.table.fields.forEach((field, i) => {
      const key = meaningOf(line.table.kind, field);
      const none = lines.map(() => undefined);
      const thing: Thing = found.get(key) ?? { field, headers: new Set(), sides: new Set(), cells: [...none], columns: [...none] };
      found.set(key, thing);
      const cell = line.cells[i] ?? '';
      thing.headers.add(line.table.header[i] ?? field);
      thing.sides.add(line.side);
      thing.columns[at] = i;
      thing.cells[at] = portalWord(field, cell)?.[language] ?? cell;
    });
  }
  const compared = comparedAmounts(finding);
  const rank = (f: { differs: boolean; amount: boolean; both: boolean; zero: boolean }) =>
    f.differs ? (f.amount ? 0 : 1) : f.zero ? 5 : f.amount ? 2 : f.both ? 3 : 4;
  return [...found]
    .filter(([, { cells }]) => cells.some((cell) => cell))
    .map(([key, { field, headers, sides, cells, columns }]) => {
      const amount = isAmount(field);
      const differs = contradict(lines, cells, amount) || (amount && cells.some((cell) => compared.has(sizeOf(cell ?? ''))));
      const zero = amount && cells.every((cell) => !cell || amountOf(cell) === 0n);
      return { key, header: [...headers].join(' / '), cells, columns, differs, amount, zero, both: sides.size === 2 };
    })
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ key, header, cells, columns, differs, amount }) => ({ key, header, cells, columns, differs, amount }));
}

/** The sizes of the amounts of a finding that can be looked for in its rows: both, where they differ, without zero. */
function comparedAmounts({ expected, stated }: { readonly expected: string; readonly stated: string }): ReadonlySet<Money> {
  if (expected === stated) return new Set();
  return new Set([expected, stated].map(sizeOf).filter((amount) => amount !== 0n));
}

/** Do both sides say something here, and not the same: amounts by their sums ("75.5" is "75.50"), anything else by whether they have any text in common. */
function contradict(lines: readonly Line[], cells: readonly (string | undefined)[], amount: boolean): boolean {
  const of = (side: Side['side']) => cells.flatMap((cell, at) => (cell && lines[at]!.side === side ? [cell.trim()] : []));
  const [left, right] = [of('left'), of('right')];
  if (left.length === 0 || right.length === 0) return false;
  if (amount) {
    const [a, b] = [left, right].map((side) => side.reduce((sum, cell) => sum + (amountOf(cell) ?? 0n), 0n));
    return absolute(a!) !== absolute(b!);
  }
  return left.every((cell) => !right.includes(cell));
}
