import type { FindingDraft } from '../../electron/core/finding.ts';
import { isKind, kindNames, tableOf } from '../../electron/core/kinds.ts';
import { absolute, roundToCent } from '../../electron/core/money.ts';
import { rowsPerSheet } from '../../electron/core/row-id.ts';
import { controlTotalReason, isAmount, overlapReason, sameRowsFound, type Cell } from '../../electron/core/wording/files.ts';
import { prepared } from '../prepared.ts';
import { columnUnder, fieldOf, printedHeader } from '../printed-header.ts';
import type { SameRowsDifference } from '../same-rows-noted.ts';
import type { Outcome, Reconciler, RunContext } from './context.ts';

/** What files say of themselves and of each other: printed totals, and the same row in two files of one statement. */
export const fileChecks: Reconciler = { name: 'files', run };

function run(context: RunContext): Outcome {
  const totals = controlTotals(context);
  const { overlaps, conflicts } = overlapConflicts(context);
  const none = '没有合计行在这个月核对 / no total row is checked in this month';
  const alone = '这个月没有重叠的文件 / no files of this month overlap';
  return {
    findings: [...totals.findings, ...conflicts],
    checks: [
      { code: 'file.control-total', compared: totals.compared, ...(totals.compared === 0 ? { skipped: none } : {}) },
      { code: 'file.overlap-conflict', compared: overlaps, ...(overlaps === 0 ? { skipped: alone } : {}) },
    ],
  };
}

interface Total {
  readonly sheet: bigint;
  readonly kind: string;
  readonly account: string | null;
  readonly row: bigint;
  readonly column: string;
  readonly header: string;
  readonly fields: string;
  readonly stated: bigint;
  readonly computed: bigint;
}

/**
 * A printed total counts as sound when it is the sum, or the sum rounded once to cents: of the amounts as printed, or with their signs, in its sheet or in
 * all of the file so far. That of a file over several months is told in the newest of
 * them, where the file is whole: once, in the month least likely closed already, and resting only on what that month's run reads.
 */
function controlTotals(context: RunContext): { findings: FindingDraft[]; compared: number } {
  const totals = totalsOf(context);
  const wrong = totals.filter((t) => !isSum(t, t.computed)).map((t) => ({ ...t, computed: nearestSum(context, t) }));
  return { compared: totals.length, findings: wrong.filter((t) => !isSum(t, t.computed)).map(controlTotal) };
}

const isSum = ({ stated }: Total, sum: bigint): boolean => stated === sum || stated === roundToCent(sum);

/** Of the sums that a total may stand for, the one that is nearest to it. */
function nearestSum({ db }: RunContext, total: Total): bigint {
  const { sheet, kind, row, header, fields, stated, computed } = total;
  const column = columnUnder(total.column, header, fields);
  if (column === undefined || !isKind(kind)) return computed;
  const sheets = prepared<[bigint], { id: bigint; whole: bigint }>(
    db,
    `SELECT o.id AS id, o.rows = o.accepted AS whole FROM sheet s JOIN sheet o ON o.import = s.import AND o.kind = s.kind AND o.account IS s.account
      WHERE s.id = ? AND o.position <= s.position ORDER BY o.position DESC`,
  ).all(sheet);
  // Where rows were refused, those stored are not those that were added up.
  if (sheets.some(({ whole }) => whole === 0n)) return computed;
  const above = prepared<[bigint, bigint], bigint>(
    db,
    `SELECT coalesce(sum(${column}), 0) FROM ${tableOf(kind)} NOT INDEXED WHERE id BETWEEN ? AND ?`,
  ).pluck();
  const sums = sheets.map(({ id }) => above.get(id * rowsPerSheet, id * rowsPerSheet + (id === sheet ? row : rowsPerSheet - 1n))!);
  const possible = [computed, sums[0]!, sums.reduce((sum, one) => sum + one, 0n)];
  return possible.find((sum) => isSum(total, sum)) ?? possible.reduce((a, b) => (absolute(stated - b) < absolute(stated - a) ? b : a));
}

function totalsOf({ db, cycle }: RunContext): Total[] {
  return db
    .prepare<[string], Total>(
      `SELECT t.sheet AS sheet, s.kind AS kind, s.account AS account, t.row AS row, t.column_name AS "column",
              s.header AS header, s.columns AS fields, t.stated AS stated, t.computed AS computed
         FROM sheet_cycle c
         JOIN sheet s ON s.id = c.sheet
         JOIN import i ON i.id = s.import
         JOIN control_total t ON t.sheet = s.id
        WHERE c.cycle = ? AND i.undone_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM sheet_cycle later WHERE later.sheet = t.sheet AND later.cycle > c.cycle)
          AND EXISTS (SELECT 1 FROM sheet_cycle any_month WHERE any_month.sheet = t.sheet AND any_month.in_force = 1)
        ORDER BY t.sheet, t.row, t.column_name`,
    )
    .all(cycle);
}

function controlTotal(t: Total): FindingDraft {
  return {
    code: 'file.control-total',
    businessKey: [t.kind, t.account ?? '', t.column],
    expected: t.computed,
    stated: t.stated,
    reason: controlTotalReason(nameOf(t.kind), t.column, t.computed, t.stated),
    candidates: [],
    left: [t.sheet * rowsPerSheet + t.row],
    right: [],
  };
}

interface Conflict {
  readonly kind: string;
  readonly cycle: string;
  readonly account: string | null;
  readonly key: string;
  readonly kept: bigint;
  readonly other: bigint;
  readonly column: string;
  readonly header: string;
  readonly fields: string;
  readonly keptAmount: bigint;
  readonly otherAmount: bigint;
}

/**
 * The importer counts a row of two files once and notes where its amounts differ. Of the user's own tables, which hold for every month, it is told where
 * nothing says which of the two files is the newer.
 */
function overlapConflicts({ db, cycle }: RunContext): { overlaps: number; conflicts: FindingDraft[] } {
  const conflicts = db
    .prepare<{ cycle: string }, Conflict>(
      `SELECT o.kind AS kind, o.cycle AS cycle, s.account AS account, o.business_key AS key, o.kept AS kept, o.other AS other, o.column_name AS "column",
              s.header AS header, s.columns AS fields, o.kept_amount AS keptAmount, o.other_amount AS otherAmount
         FROM overlap_conflict o JOIN sheet s ON s.id = o.kept / ${rowsPerSheet}
        WHERE o.cycle = :cycle OR o.cycle = '' AND (SELECT i.exported_at FROM import i WHERE i.id = s.import)
          IS (SELECT i.exported_at FROM sheet x JOIN import i ON i.id = x.import WHERE x.id = o.other / ${rowsPerSheet})
        ORDER BY o.kind, o.business_key, o.column_name, o.kept, o.other`,
    )
    .all({ cycle });
  const overlaps = db
    .prepare<[string], bigint>(
      `SELECT count(*) FROM (
         SELECT s.kind FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
          WHERE c.cycle = ? AND i.undone_at IS NULL
          GROUP BY s.kind, coalesce(s.account, '') HAVING count(DISTINCT s.import) > 1)`,
    )
    .pluck()
    .get(cycle)!;
  const told = conflicts.map((c) => overlap(c, cellOf(db, c, c.kept), cellOf(db, c, c.other)));
  return { overlaps: Math.max(Number(overlaps), conflicts.length), conflicts: [...told, ...sameRows({ db, cycle })] };
}

const cellOf = (db: RunContext['db'], { kind, column }: Conflict, row: bigint): Cell =>
  isKind(kind)
    ? (prepared<[bigint], Cell>(db, `SELECT ${column} FROM ${tableOf(kind)} WHERE id = ?`)
        .pluck()
        .get(row) ?? null)
    : null;

/** Two files with the same rows in two looks are told once, not row by row. */
function sameRows({ db, cycle }: Pick<RunContext, 'db' | 'cycle'>): FindingDraft[] {
  const found = db
    .prepare<[string], { kind: string; account: string | null; kept: bigint; other: bigint; files: string; rows: bigint; amount: bigint; differences: string }>(
      `SELECT r.kind AS kind, k.account AS account, r.kept AS kept, r.other AS other, ki.import_id || '|' || xi.import_id AS files, r.rows AS rows,
              r.amount AS amount, r.differences AS differences
         FROM same_rows r
         JOIN sheet k ON k.id = r.kept / ${rowsPerSheet} JOIN import ki ON ki.id = k.import
         JOIN sheet x ON x.id = r.other / ${rowsPerSheet} JOIN import xi ON xi.id = x.import
        WHERE r.cycle = ? ORDER BY r.kind, k.account, files`,
    )
    .all(cycle); // prettier-ignore
  return found.map(({ kind, account, kept, other, files, rows, amount, differences }) => ({
    code: 'file.overlap-conflict',
    businessKey: [kind, account ?? '', files],
    expected: 0n,
    stated: amount,
    reason: sameRowsFound(nameOf(kind), Number(rows), amount, JSON.parse(differences) as SameRowsDifference[]),
    candidates: [],
    left: [kept],
    right: [other],
  }));
}

const overlap = (c: Conflict, kept: Cell, other: Cell): FindingDraft => ({
  code: 'file.overlap-conflict',
  ...(c.cycle === '' && { severity: 'fix' }),
  // The business key keeps notes with their row: two conflicts of one column would otherwise only be told apart by amount.
  businessKey: [c.kind, c.account ?? '', c.column, c.key],
  expected: isAmount(fieldOf(c.column)) ? c.keptAmount : 0n,
  stated: isAmount(fieldOf(c.column)) ? c.otherAmount : 0n,
  reason: overlapReason(nameOf(c.kind), fieldOf(c.column), headerOf(c), kept, other),
  candidates: [],
  left: [c.kept],
  right: [c.other],
});

/** The header cell of the kept file's column; a column that the sheet does not list is shown as it is stored. */
const headerOf = ({ column, header, fields }: Conflict): string => printedHeader(column, header, fields) ?? column;

const nameOf = (kind: string): { zh: string; en: string } => (isKind(kind) ? kindNames[kind] : { zh: kind, en: kind });
