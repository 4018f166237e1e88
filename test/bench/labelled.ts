/**
 * The labelled months, at length: every seed clean, with each error alone, and with all errors together, held against the truth.
 *   npm run labelled                      5 seeds, 200 rows a month
 *   npm run labelled -- 50 400 bill.      50 seeds, 400 rows, only codes that start with "bill."
 * Prints what was missed or falsely disputed and exits 1 if anything was.
 */
import { injectableCodes } from '../fixtures/errors/inject.ts';
import { generate, type GenerateOptions } from '../fixtures/generate.ts';
import { importWorld, judge } from '../month/harness.ts';

const seeds = Number(process.argv[2] ?? 5);
const scale = Number(process.argv[3] ?? 200);
const prefix = process.argv[4] ?? '';
const firstSeed = Number(process.argv[5] ?? 1);
const codes = injectableCodes.filter((c) => c.startsWith(prefix));
const month = '2025-08';

let worlds = 0;
let truths = 0;
let missed = 0;
let falsely = 0;
const bad = new Map<string, number>();

async function run(name: string, options: GenerateOptions): Promise<void> {
  let world;
  try {
    world = generate(options);
  } catch (error) {
    // A small world may lack a candidate for an error; larger scales have one.
    process.stdout.write(`${name}: not generated (${(error as Error).message})\n`);
    return;
  }
  let workspace;
  try {
    workspace = await importWorld(world, { format: 'csv' });
    const verdict = judge(workspace, world);
    worlds += 1;
    truths += world.truth.length;
    missed += verdict.missed.length;
    falsely += verdict.false.length;
    for (const line of verdict.missed) process.stdout.write(`${name}\n  missed ${line}\n`);
    for (const line of verdict.false) process.stdout.write(`${name}\n  false  ${line}\n`);
    if (verdict.missed.length + verdict.false.length > 0) bad.set(name.replace(/^seed \d+ /, ''), (bad.get(name.replace(/^seed \d+ /, '')) ?? 0) + 1);
  } catch (error) {
    missed += 1;
    process.stdout.write(`${name}\n  FAILED ${(error as Error).message.slice(0, 600)}\n`);
  } finally {
    workspace?.remove();
  }
}

for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
  await run(`seed ${seed} clean`, { seed, scale });
  for (const code of codes) await run(`seed ${seed} ${code}`, { seed, scale, errors: [{ code, month }] });
  await run(`seed ${seed} together`, { seed, scale: scale * 3, errors: codes.map((code) => ({ code, month })) });
}
for (const [name, count] of bad) process.stdout.write(`${count} × ${name}\n`);
process.stdout.write(`${worlds} worlds, ${truths} injected, ${missed} missed, ${falsely} false\n`);
process.exitCode = missed + falsely === 0 ? 0 : 1;
