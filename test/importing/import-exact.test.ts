import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openForWriting, type WriteDb } from '../../db/open.ts';
import { isKind, tableOf, type Kind } from '../../electron/core/kinds.ts';
import { normalizeHeader } from '../../electron/importing/headers.ts';
import { kindSpecs } from '../../electron/importing/kinds/list.ts';
import { mapColumns } from '../../electron/importing/mapping.ts';
import { importFiles } from '../../electron/jobs/import.ts';
import { generate } from '../fixtures/generate.ts';
import type { Table, Value } from '../fixtures/table.ts';
import { writeTables, type Variant } from '../fixtures/write.ts';

const migrations = path.resolve(import.meta.dirname, '../../db/migrations');
const variants: readonly Variant[] = [
  { format: 'xlsx', strings: 'shared', amounts: 'binary', titles: true, totals: true, units: true },
  { format: 'xlsx', strings: 'inline', amounts: 'text', synonyms: 3, times: 'serial', rowsPerPart: 40 },
  { format: 'csv', encoding: 'gb18030', idTab: 'before', amounts: 'thousands', totals: true, times: 'slash' },
  { format: 'csv', encoding: 'utf-8-bom', amounts: 'currency', synonyms: 2, absent: 'N/A', newline: '\r\n' },
  { format: 'csv', encoding: 'utf-16le', delimiter: '\t', titles: true, absent: '-', newline: '\r\n' },
  { format: 'zip', rowsPerPart: 30, idTab: 'after', times: 'utc', synonyms: 4 },
  { format: 'tar.gz', delimiter: '\t', amounts: 'currency', rowsPerPart: 30, synonyms: 5, absent: '--', times: 'gmt' },
];

/** Amounts and times of one table as the generator has them, by table column. */
function written(kind: Kind, table: Table): Record<string, unknown>[] {
  const spec = kindSpecs[kind];
  const { fields } = mapColumns(spec, table.header.map(normalizeHeader));
  return table.rows.map((row) =>
    Object.fromEntries(
      fields.flatMap((field, i) => {
        const column = spec.columns.find((c) => c.field === field);
        const exact = column?.column === undefined ? undefined : exactly(row[i]);
        return exact === undefined || column?.type === 'other' ? [] : [[column!.column!, exact] as const];
      }),
    ),
  );
}

function exactly(value: Value): unknown {
  if (value === undefined || typeof value === 'string') return undefined;
  return 'amount' in value ? value.amount : value.time;
}

function stored(db: WriteDb, kind: Kind, name: string): Record<string, unknown>[] {
  return db
    .prepare<[string], Record<string, unknown>>(
      `SELECT t.* FROM ${tableOf(kind)} t JOIN sheet s ON s.id = t.id / 16777216 JOIN import i ON i.id = s.import WHERE i.name = ? ORDER BY t.id`,
    )
    .all(name);
}

describe('generator → file → reader gives back the exact values', () => {
  it.each(variants.map((variant, i) => ({ variant, seed: i + 11 })))('$variant.format, seed $seed', async ({ variant, seed }) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-exact-'));
    const db = openForWriting(path.join(folder, 'hezhang.db'), migrations);
    try {
      const tables = generate({ seed, scale: 40 }).tables.filter((t) => t.rows.length > 0);
      const files = await writeTables(path.join(folder, 'exports'), tables, variant);
      const options = { answers: {}, strict: true, dryRun: false, language: 'zh' } as const;
      const context = { db, filesFolder: path.join(folder, 'files'), now: () => '2026-01-01 00:00:00' };
      const results = await importFiles(files, options, context);
      let compared = 0;
      for (const [i, table] of tables.entries()) {
        const { kind } = table;
        if (!isKind(kind)) throw new Error(`unknown kind ${kind}`);
        expect([files[i], results[i]!.status, results[i]!.reason]).toEqual([files[i], 'imported', undefined]);
        for (const total of results[i]!.sheets.flatMap((s) => s.controlTotals)) expect(total.computed).toBe(total.stated);
        const rows = stored(db, kind, path.basename(files[i]!));
        const expected = written(kind, table);
        expect(rows).toHaveLength(expected.length);
        for (const [n, row] of expected.entries()) {
          expect(rows[n]).toMatchObject(row);
          compared += Object.keys(row).length;
        }
      }
      expect(compared).toBeGreaterThan(1000);
    } finally {
      db.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});
