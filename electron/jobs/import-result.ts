import type { z } from 'zod';
import type { importedFile } from '../contract.ts';
import { formatMoney } from '../core/money.ts';
import { signatureOf } from '../importing/header-mapping.ts';
import { kindSpecs } from '../importing/kinds/list.ts';
import { describeColumns, type SheetColumn } from '../importing/open-header.ts';
import type { Problem } from '../importing/problem.ts';
import type { SheetNotRead, SheetRead } from '../importing/read-sheet.ts';
import type { Text } from '../importing/recognise.ts';

export type ImportedFile = z.output<typeof importedFile>;
export type ImportedSheet = ImportedFile['sheets'][number];

/** How many problems of a sheet are listed; the rest is counted, and all are in the database. */
export const listedProblems = 1000;

/** Problems of one sheet: the first ones kept, all counted. */
export class ProblemList {
  readonly listed: Problem[] = [];
  count = 0;
  readonly #most: number;
  constructor(most = listedProblems) {
    this.#most = most;
  }
  add(problem: Problem): void {
    this.count++;
    if (this.listed.length < this.#most) this.listed.push(problem);
  }
}

/** A sheet that was read, as the contract shows it. */
export function sheetResult(name: string, sheet: SheetRead, problems: ProblemList, language: 'zh' | 'en'): ImportedSheet {
  const { data, found } = sheet;
  const omitted = problems.count - problems.listed.length;
  return {
    name,
    kind: found.kind,
    billingCycles: [...data.cycles.keys()].filter((c) => c !== '' && (data.cycles.get(c)! > 0 || data.rows === 0)).sort(),
    rows: data.rows,
    accepted: data.accepted,
    problems: problems.listed.map((p) => ({
      row: p.row,
      column: p.column,
      value: p.value,
      code: p.code,
      message: p.text[language],
      text: p.text,
    })),
    ...(omitted > 0 && { problemsOmitted: omitted }),
    controlTotals: data.totals.found.map((t) => ({
      row: t.row,
      column: t.column,
      stated: formatMoney(t.stated),
      computed: formatMoney(t.computed),
    })),
    recognition: found.why,
    ...columnsOf(signatureOf(found.headers), describeColumns(kindSpecs[found.kind], found.headers, found.map.fields, sheet.sample)),
    preview: sheet.sample.map((row) => [...row.texts]),
  };
}

/** A sheet that was not read: no rows, and why; where it has a header, what its columns may be. */
export const emptySheet = (name: string, { text, header, kind }: SheetNotRead): ImportedSheet => ({
  name,
  ...(kind && { kind }),
  billingCycles: [],
  rows: 0,
  accepted: 0,
  problems: [],
  controlTotals: [],
  recognition: text,
  ...(header && {
    ...(header.kind && { likelyKind: header.kind }),
    ...columnsOf(header.signature, header.columns),
    preview: header.sample.map((row) => [...row.texts]),
  }),
});

const columnsOf = (signature: string, columns: readonly SheetColumn[]): Pick<ImportedSheet, 'signature' | 'columns'> => ({
  signature,
  columns: columns.map(({ label, header, field, suggestions }) => ({
    header,
    ...(label !== header && { label }),
    ...(field !== undefined && { field }),
    ...(suggestions.length > 0 && { suggestions: [...suggestions] }),
  })),
});

/** Why a whole file was not imported. */
export interface Refusal {
  readonly status: 'refused' | 'needs-mapping';
  readonly code: string;
  readonly text: Text;
}

export const withReason = (
  refusal: Refusal,
  language: 'zh' | 'en',
): Pick<ImportedFile, 'status' | 'reason' | 'reasonCode' | 'reasonText'> => ({
  status: refusal.status,
  reason: refusal.text[language],
  reasonCode: refusal.code,
  reasonText: refusal.text,
});
