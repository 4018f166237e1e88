import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { judge } from './judge.ts';
import { Fuzzing } from './once.ts';
import { makeSeeds, marks } from './seeds.ts';

/** The first of the mutations that `npm run fuzz` goes through by the hundred thousand. */
const runs = 1200;

function folderOfTest(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-fuzz-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a mutated file is read or refused, and no row of it is lost in silence', { timeout: runs * 500 }, async () => {
  const fuzzing = await Fuzzing.in(folderOfTest());
  onTestFinished(() => fuzzing.close());
  const faults: string[] = [];
  for (let n = 0; n < runs; n++) {
    const fault = await fuzzing.fault(n);
    if (fault !== undefined) faults.push(`${n} (${fuzzing.seeds[n % fuzzing.seeds.length]!.name}): ${fault}`);
  }
  expect(faults).toEqual([]);
});

test('the judge sees a row that is lost', async () => {
  const file = path.join(folderOfTest(), 'a.csv');
  for (const seed of (await makeSeeds()).filter(({ text }) => text === 'lines' || text === 'sheet')) {
    fs.writeFileSync(file, seed.wrap(seed.sound));
    expect([seed.name, await judge(file, seed, seed.sound)]).toEqual([seed.name, undefined]);
    fs.writeFileSync(file, seed.wrap(Buffer.from(seed.sound.toString().replace(marks[3]!, 'other'))));
    expect([seed.name, await judge(file, seed, seed.sound)]).toEqual([seed.name, expect.stringContaining('in no row')]);
  }
});
