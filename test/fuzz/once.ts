import fs from 'node:fs';
import path from 'node:path';
import { openForWriting, type WriteDb } from '../../db/open.ts';
import { kinds, tableOf } from '../../electron/core/kinds.ts';
import { importFiles } from '../../electron/jobs/import.ts';
import { judge } from './judge.ts';
import { mutated, numbers } from './mutate.ts';
import { makeSeeds, type Seed } from './seeds.ts';

const migrations = path.resolve(import.meta.dirname, '../../db/migrations');
/** Files imported into one database before it is thrown away: what they have in common is united, which costs more the more there are. */
const filesPerDatabase = 20;

/** The n-th mutation: the same seed and bytes on every machine. */
export function mutation(seeds: readonly Seed[], n: number): { seed: Seed; part: Buffer; file: Buffer } {
  const seed = seeds[n % seeds.length]!;
  const part = mutated(seed.sound, numbers(n + 1));
  return { seed, part, file: seed.wrap(part) };
}

/** Judges mutations one after another in a folder of its own: each is read, and every fourth is imported into a real database. */
export class Fuzzing {
  readonly seeds: readonly Seed[];
  readonly #folder: string;
  #db: WriteDb | undefined;
  #imported = 0;

  private constructor(folder: string, seeds: readonly Seed[]) {
    this.#folder = folder;
    this.seeds = seeds;
  }
  static async in(folder: string): Promise<Fuzzing> {
    return new Fuzzing(folder, await makeSeeds());
  }

  /** What is wrong with how the n-th mutation is read; undefined where nothing is. */
  async fault(n: number): Promise<string | undefined> {
    const { seed, part, file } = mutation(this.seeds, n);
    const target = path.join(this.#folder, '消费明细_202509.csv');
    fs.writeFileSync(target, file);
    return (await judge(target, seed, part)) ?? (n % 32 < 8 ? await this.#import(target) : undefined);
  }

  async #import(target: string): Promise<string | undefined> {
    if (this.#imported++ % filesPerDatabase === 0) this.#renew();
    const db = this.#db!;
    const context = { db, filesFolder: path.join(this.#folder, 'files'), now: () => '2026-01-01 00:00:00' };
    const before = rowsIn(db);
    const [file] = await importFiles([target], { answers: {}, strict: false, dryRun: false, language: 'zh' }, context).catch(
      (error: unknown) => [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    );
    if (typeof file === 'string' || file === undefined) return `import failed: ${file}`;
    const added = rowsIn(db) - before;
    const accepted = file.status === 'imported' ? file.sheets.reduce((n, sheet) => n + sheet.accepted, 0) : 0;
    if (added !== accepted) return `${file.status}: told ${accepted} rows, ${added} are in the database`;
    const listed = file.sheets.reduce((n, s) => n + s.problems.length, 0);
    const missing = file.sheets.some((s) => s.accepted < s.rows && s.problems.length === 0);
    return file.status === 'imported' && missing ? `rows are missing and ${listed} problems are listed` : undefined;
  }

  #renew(): void {
    this.close();
    for (const name of fs.readdirSync(this.#folder)) if (name.startsWith('fuzz.db')) fs.rmSync(path.join(this.#folder, name));
    fs.rmSync(path.join(this.#folder, 'files'), { recursive: true, force: true });
    this.#db = openForWriting(path.join(this.#folder, 'fuzz.db'), migrations);
    this.#db.pragma('synchronous = OFF');
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }
}

const rowsIn = (db: WriteDb): number =>
  Number(
    db
      .prepare(`SELECT ${kinds.map((kind) => `(SELECT count(*) FROM ${tableOf(kind)})`).join(' + ')}`)
      .pluck()
      .get(),
  );
