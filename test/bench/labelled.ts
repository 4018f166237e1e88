/**
 * The labelled months, at length: worlds of every seed, clean and with errors (each alone; two of one kind; on refunds; at the month's edge; on
 * customers whose manager changed, sub-resources, and orders split over two months, combined, or on two customers; all together; several by chance; with the tax inside the bill's settlement), imported and reconciled by the product and held against their truth: recall, false findings, exact amounts, closed bridges.
 *   npm run labelled                           5 seeds, 100 rows a month, every mode
 *   npm run labelled -- 50 400 bill. 7         50 seeds from seed 7, 400 rows, only codes that start with "bill."
 *   npm run labelled -- 20 10000 "" 1 --modes clean,together --share 8 --out FILE
 *   npm run labelled -- 1 1000000 "" 1 --modes together --months 1 --without file.overlap-conflict,performance.changed   (needs 8 GB of memory)
 *   npm run labelled -- --summary FILE…        only adds up what is in the files
 * One line of JSON for each world goes to build/labelled-SCALE.jsonl. A run that was stopped goes on where it was; worlds with a fault, and those that
 * other sources judged, are judged again. `--share 4`: of the modes that go code by code a seed takes a fourth of the codes, the next seed the next fourth. Exits 1 on any fault.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Base, openWhole } from './labelled-base.ts';
import { casesOf, cleanOptions, modes, nameOf, worldOf, type Case, type Mode, type Wanted } from './labelled-plan.ts';
import { isSound, readLines, sourcesDigest, summarise, type Line } from './labelled-lines.ts';
import { verdictOf } from './labelled-verdict.ts';
import { generate } from '../fixtures/generate.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { modes: { type: 'string' }, share: { type: 'string' }, without: { type: 'string' }, months: { type: 'string' }, out: { type: 'string' }, summary: { type: 'boolean' } },
});
const [seeds = '5', scaleText = '100', prefix = '', first = '1'] = values.summary ? [] : positionals;
const scale = Number(scaleText);
const out = values.out ?? path.resolve(import.meta.dirname, `../../build/labelled-${scale}.jsonl`);
const wanted: Wanted = { modes: (values.modes?.split(',') ?? modes) as Mode[], prefix, share: Number(values.share ?? 1), without: values.without?.split(',') ?? [], months: values.months === undefined ? undefined : Number(values.months) };
const sources = sourcesDigest();
const cpu = (): number => Object.values(process.cpuUsage()).reduce((a, b) => a + b, 0) / 1e6;

async function judge(one: Case, base: () => Promise<Base>): Promise<Line> {
  const before = cpu();
  const about = { ...one, sources, labels: 0, missed: [], inexact: [], falseDisputes: [], falseReviews: [], bridges: 0, open: [], unbuilt: [], sideless: [], skipped: [] };
  let workspace;
  try {
    const world = worldOf(one, wanted);
    const isOwn = one.code === '' && one.mode !== 'clean';
    workspace = isOwn ? await openWhole(world) : (await (await base()).open(world)).workspace;
    const rows = world.tables.reduce((n, t) => n + (t.kind === 'consumption' ? (t.size ?? t.rows.length) : 0), 0);
    return { ...one, sources, rows, ...verdictOf(workspace, world), cpu: cpu() - before };
  } catch (error) {
    return { ...about, rows: 0, cpu: cpu() - before, failed: ((error as Error).stack ?? String(error)).slice(0, 1500) };
  } finally {
    workspace?.remove();
  }
}

async function judgeSeed(seed: number, done: ReadonlySet<string>): Promise<void> {
  const open = casesOf(seed, scale, wanted).filter((one) => !done.has(nameOf(one)));
  let base: Promise<Base> | undefined;
  const once = (): Promise<Base> => (base ??= Base.of(generate(cleanOptions(seed, scale, wanted.months))));
  for (const one of open) {
    const line = await judge(one, once);
    fs.appendFileSync(out, `${JSON.stringify(line)}\n`);
    if (!isSound(line)) process.stdout.write(`${JSON.stringify(line)}\n`);
  }
  (await base)?.remove();
}

if (values.summary) {
  process.exitCode = summarise(positionals.flatMap(readLines)) ? 0 : 1;
} else {
  fs.mkdirSync(path.dirname(out), { recursive: true });
  const kept = readLines(out).filter((line) => isSound(line) && line.sources === sources);
  fs.writeFileSync(out, kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const done = new Set(kept.map(nameOf));
  for (let seed = Number(first); seed < Number(first) + Number(seeds); seed++) await judgeSeed(seed, done);
  process.exitCode = summarise(readLines(out)) ? 0 : 1;
}
