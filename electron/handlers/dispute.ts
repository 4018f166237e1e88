import fs from 'node:fs/promises';
import path from 'node:path';
import { sendingsOf } from '../../db/dispute-rounds.ts';
import { listFindings, evidenceOfAll, type KeyedEvidence } from '../../db/findings.ts';
import type { StoredFinding } from '../core/finding.ts';
import type { ReadDb } from '../../db/open.ts';
import type { Handlers } from '../contract.ts';
import { kindNames, type Kind } from '../core/kinds.ts';
import { parseMoney } from '../core/money.ts';
import { portalWord } from '../core/portal-words.ts';
import { rowNumber } from '../core/row-id.ts';
import { disputeText, writeDisputeWorkbook, type Evidence, type EvidenceLine } from '../exporting/dispute-workbook.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { unknownFinding } from './match-said.ts';
import { evidenceColumns, storedRows, type EvidenceColumn } from './evidence.ts';
import { currentRun } from './month.ts';

/** The dispute pack: what is against us and still open. Our own mistakes (`fix`) are never in it. It changes no status. */
export const disputeHandlers = (context: AppContext): Pick<Handlers, 'month.dispute'> => ({
  'month.dispute': async ({ billingCycle: cycle, keys }) => {
    const { at, runId } = currentRun(context, cycle);
    const { db } = context;
    const stored = keys ? chosen(context, cycle, keys) : listFindings(db, cycle, { severity: 'dispute', status: 'open' });
    const inPack = stored.map(({ key }) => key);
    const rows = evidenceOfAll(db, inPack);
    const packed = new Set(inPack);
    const sendings = sendingsOf(db, cycle).filter(({ key }) => packed.has(key));
    const pack = { cycle, at, runId, findings: numbered(stored, rows), evidence: evidenceOf(db, stored, rows), sendings };
    const names = { workbook: `问题反馈_${cycle}.xlsx`, text: `问题反馈_${cycle}.txt` };
    const place = (name: string): string => path.join(context.resultsFolder, name);
    await writeDisputeWorkbook(place(names.workbook), pack);
    await fs.writeFile(place(names.text), disputeText(pack));
    const files = [names.workbook, names.text].map((name) => ({ token: context.files.register(place(name)), name }));
    return { files, keys: inPack };
  },
});

/** The findings of these keys in their documented order. Refuses one that is unknown, of another month, or a mistake of our own. */
function chosen({ db }: AppContext, cycle: string, keys: readonly string[]): StoredFinding[] {
  const wanted = new Set(keys);
  const found = [...listFindings(db, cycle), ...listFindings(db, cycle, { status: 'resolved' })].filter((f) => wanted.has(f.key));
  const byKey = new Map(found.map((f) => [f.key, f]));
  const other = keys.find((key) => byKey.get(key) === undefined || byKey.get(key)!.severity === 'fix');
  if (other === undefined) return [...byKey.values()];
  if (byKey.has(other)) {
    throw new AppError('dispute.own-mistake', {
      zh: `“${other}”是要自己改正的差异，不能写进反馈包：请不要选它`,
      en: `"${other}" is a mistake of our own and cannot be in a dispute pack: leave it out`,
    });
  }
  throw unknownFinding(other);
}

function numbered(
  findings: readonly StoredFinding[],
  rows: readonly KeyedEvidence[],
): (StoredFinding & { number: number; rows: number })[] {
  const counts = new Map<string, number>();
  for (const { key } of rows) counts.set(key, (counts.get(key) ?? 0) + 1);
  return findings.map((finding, index) => ({ ...finding, number: index + 1, rows: counts.get(finding.key) ?? 0 }));
}

interface Sheet {
  readonly kind: Kind;
  readonly columns: readonly EvidenceColumn[];
}

/** One evidence sheet for each kind and header: rows of files that look the same stand together, in the order of the findings. */
function evidenceOf(db: ReadDb, findings: readonly StoredFinding[], rows: readonly KeyedEvidence[]): Evidence[] {
  const numbers = new Map(findings.map(({ key }, index) => [key, index + 1]));
  const sheets = new Map<bigint, Sheet>();
  for (const { sheetId, kind } of rows) {
    if (!sheets.has(sheetId)) sheets.set(sheetId, { kind: kind as Kind, columns: evidenceColumns(db, sheetId, kind as Kind) });
  }
  const look = ({ sheetId }: KeyedEvidence): string => {
    const { kind, columns } = sheets.get(sheetId)!;
    return JSON.stringify([kind, columns.map(({ field, header }) => [field, header])]);
  };
  return [...Map.groupBy(rows, look).values()].map((group) => {
    const { kind, columns } = sheets.get(group[0]!.sheetId)!;
    const lines = linesOf(db, group, sheets, numbers);
    return { name: kindNames[kind].zh, header: columns.map(({ header }) => header), count: group.length, lines };
  });
}

function* linesOf(
  db: ReadDb,
  rows: readonly KeyedEvidence[],
  sheets: ReadonlyMap<bigint, Sheet>,
  numbers: ReadonlyMap<string, number>,
): Generator<EvidenceLine> {
  const read = storedRows(db, sheets.get(rows[0]!.sheetId)!.kind);
  for (const { key, row, file, sheet, sheetId } of rows) {
    const stored = read(row);
    if (!stored) continue;
    const cells = sheets.get(sheetId)!.columns.map((column) => {
      const text = column.cell(stored);
      // Back from what `displayMoney` wrote: exact, and a number for Excel.
      if (column.decimal && text !== '') return parseMoney(text.replaceAll(',', '')) ?? text;
      return portalWord(column.field, text)?.zh ?? text;
    });
    yield { number: numbers.get(key)!, file, sheet, row: rowNumber(row), cells };
  }
}
