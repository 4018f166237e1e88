/**
 * Whole-process timings on generated months, as medians of several runs and ratios within one run (never a timed test):
 *   npm run bench                 100,000 rows, 3 runs
 *   npm run bench -- 1000000 3    a million rows, 3 runs
 * Parts: import of one csv against `sqlite3 .import` of the same file, unchecked, into untyped text of a new database with the same index (one
 * transaction, on the disk when it ends; no copy of the original is kept, which ours does); import of the same rows as xlsx against exceljs reading them as
 * a stream and doing nothing else; reconciliation of the whole month; the sample month from nothing. Needs a built dist/, GNU time and sqlite3.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generate } from '../fixtures/generate.ts';
import { writeTables } from '../fixtures/write.ts';
import { median, once, report, type Timing } from './timing.ts';

const rows = Number(process.argv[2] ?? 100_000);
const runs = Number(process.argv[3] ?? 3);
const root = path.resolve(import.meta.dirname, '../..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-bench-'));
const cli = path.join(root, 'dist/main/cli.js');

const world = generate({ seed: 1, months: 1, scale: rows });
const month = world.months[0]!;
const files = await writeTables(path.join(folder, 'exports'), world.tables, { format: 'csv' });
const consumption = files.find((f) => path.basename(f).startsWith('消费明细'))!;
const lines = fs.readFileSync(consumption, 'utf8').split('\n').length - 2;
process.stdout.write(`${lines} consumption rows, ${(fs.statSync(consumption).size / 1e6).toFixed(0)} MB csv, ${runs} runs, medians\n`);

/** What exceljs needs only to visit every cell of a workbook. */
const visit = `import excel from 'exceljs'; let n = 0;
for await (const sheet of new excel.stream.xlsx.WorkbookReader(process.argv[1], {})) for await (const row of sheet) row.eachCell(() => n++);
process.stdout.write(String(n));`;
const [workbook] = await writeTables(
  path.join(folder, 'workbook'),
  world.tables.filter((t) => t.kind === 'consumption'),
  { format: 'xlsx' },
);
if (workbook === undefined) throw new Error('the world has no consumption');

const sum = (values: readonly number[]): number => values.reduce((n, v) => n + v, 0);
const books: Timing[] = [];
const reads: Timing[] = [];
const samples: Timing[] = [];
const imports: Timing[] = [];
const plain: Timing[] = [];
const reconciles: Timing[] = [];
for (let i = 0; i < runs; i++) {
  const one = path.join(folder, `one-${i}`);
  imports.push(once(process.execPath, [cli, '--workspace', one, '--json', 'import', consumption]));
  const raw = path.join(folder, `raw-${i}.db`);
  const script = `.mode csv\n.import '${consumption}' t\nCREATE INDEX i ON t ("账期", "客户ID", "订单号/交易号");\n`;
  plain.push(once('sqlite3', [raw], script));
  const book = path.join(folder, `book-${i}`);
  books.push(once(process.execPath, [cli, '--workspace', book, '--json', 'import', workbook]));
  reads.push(once(process.execPath, ['--input-type=module', '--eval', visit, workbook]));
  const sample = path.join(folder, `sample-${i}`);
  const written = path.join(folder, `sample-files-${i}`);
  const command = (...args: string[]): Timing => once(process.execPath, [cli, '--workspace', sample, '--json', ...args]);
  const steps = [command('sample', written), command('import', written), command('reconcile', '2025-09')];
  samples.push({ seconds: sum(steps.map((t) => t.seconds)), processor: sum(steps.map((t) => t.processor)), megabytes: Math.max(...steps.map((t) => t.megabytes)) });
  const whole = path.join(folder, `whole-${i}`);
  once(process.execPath, [cli, '--workspace', whole, '--json', 'import', ...files]);
  reconciles.push(once(process.execPath, [cli, '--workspace', whole, '--json', 'reconcile', month]));
  fs.rmSync(one, { recursive: true });
  for (const used of [whole, book, sample]) fs.rmSync(used, { recursive: true, force: true });
  fs.rmSync(raw);
}
report('import, consumption csv', median(imports), `${(median(imports).seconds / median(plain).seconds).toFixed(2)} × sqlite3 .import with an index`);
report('sqlite3 .import + index, same file', median(plain));
report('import, consumption xlsx', median(books), `${(median(books).seconds / median(reads).seconds).toFixed(2)} × exceljs reading alone`);
report('exceljs, read as a stream', median(reads));
report('sample: write, import, reconcile (3 processes)', median(samples));
report('reconcile the month, every check', median(reconciles));
fs.rmSync(folder, { recursive: true });
