import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { Statement } from 'better-sqlite3';
import { deflateSync, inflateSync } from 'node:zlib';
import type { FindingDraft } from '../electron/core/finding.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { bigintText } from './bigint-json.ts';
import type { ReadDb, WriteDb } from './open.ts';
import type { Outcome, Reconciler, SheetOfKind } from './reconciling/context.ts';
import type { Reads } from './reconciling/watched.ts';
import { loadSettings } from './settings.ts';
import { stampsOf } from './statement-stamp.ts';

/** Which part of which month's run, by which version of the checks. */
export interface Part {
  readonly cycle: BillingCycle;
  readonly reconciler: Reconciler['name'];
  /** Of a part, one step. */
  readonly step?: string | undefined;
  /** Of the step: of this kind it read the rows of this sheet only, and no customer keys. */
  readonly sheet?: SheetOfKind | undefined;
  readonly version: string;
}
/** What something rests on. */
export interface Rests {
  readonly reads: Reads;
  /** Of all that it read, as it was then. */
  readonly fingerprint: string;
}
/** What a step of a part came to. */
export interface MadeStep extends Rests {
  readonly step: string;
  readonly value: unknown;
}
/** What a part of a run found, and what that rests on. */
export interface MadeOutcome extends Rests {
  readonly outcome: Outcome;
  /** Of its steps those that were not taken over. */
  readonly steps: readonly MadeStep[];
  /** The names of all its steps. */
  readonly stepNames: readonly string[];
}

/** Findings that are packed together. */
const together = 500;

/** Tables of what a person typed: small enough to be hashed as they are. Of sheets and imports those of the kinds read are. */
const typed = ['manual_match', 'scope_mark', 'repayment', 'typed_request', 'invoice', 'request_entry'];
const files = ['import', 'sheet', 'sheet_cycle'];

/**
 * A hash of all that a part of a run read, as it is now; undefined where it read something whose content is not followed, and so cannot be kept. Equal
 * hashes mean that it would find the same: it reads the same again, for what it reads depends on nothing else.
 */
export function fingerprintOf(db: ReadDb, part: Part, reads: Reads): string | undefined {
  if (!reads.tables.every((table) => typed.includes(table) || files.includes(table))) return undefined;
  const hash = createHash('sha256');
  const add = (value: unknown): unknown => hash.update(JSON.stringify(value, bigintText) + '\n');
  add([part.version, process.versions.v8, part.cycle, nameOf(part), reads]);
  const settings = loadSettings(db);
  for (const key of reads.settings) add(settings[key]);
  if (part.sheet) {
    const rows = rowsOfSheet(db, part.cycle, part.sheet);
    if (rows === undefined) return undefined;
    add(rows);
  }
  const kinds = reads.kinds.filter((kind) => kind !== part.sheet?.kind);
  for (const stamp of stampsOf(db, kinds)) add(stamp);
  const sheets = db.prepare<[string]>(
    `SELECT i.*, s.*, c.* FROM sheet s JOIN import i ON i.id = s.import LEFT JOIN sheet_cycle c ON c.sheet = s.id
      WHERE s.kind IN (SELECT value FROM json_each(?)) ORDER BY s.id, c.cycle`,
  );
  for (const row of sheets.raw().iterate(JSON.stringify(kinds))) add(row);
  for (const table of typed.filter((one) => reads.tables.includes(one))) {
    add(table);
    for (const row of db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).raw().iterate()) add(row);
  }
  return hash.digest('hex');
}

/**
 * What tells the rows in force of a sheet, but for their customer keys: which import they came with, and which of them are out of force; undefined where
 * that is not noted. What an import stored is never changed after it.
 */
const rowsOfSheet = (db: ReadDb, cycle: string, { id }: SheetOfKind): unknown =>
  db
    .prepare<[string, bigint]>(
      `SELECT i.*, s.*, c.left_out FROM sheet s JOIN import i ON i.id = s.import JOIN sheet_cycle c ON c.sheet = s.id AND c.cycle = ?
        WHERE s.id = ? AND c.in_force = 1 AND c.left_out IS NOT NULL`,
    )
    .raw()
    .get(cycle, id);

/** What this part of the month's newest run found, if everything that it read is still the same. */
export function keptOutcome(db: ReadDb, part: Part): Outcome | undefined {
  if (!readsOfKept(db, part)) return undefined;
  let rest: Omit<Outcome, 'findings'> | undefined;
  const findings: FindingDraft[] = [];
  for (const body of bodies(db).iterate(part.cycle, nameOf(part))) {
    if (rest) findings.push(...(unpack(body) as FindingDraft[]));
    else rest = unpack(body) as Omit<Outcome, 'findings'>;
  }
  return rest && { ...rest, findings };
}

/** What this step came to in the month's newest run that did it, if everything that it read is still the same. */
export function keptStep(db: ReadDb, part: Part): { readonly value: unknown; readonly reads: Reads } | undefined {
  const reads = readsOfKept(db, part);
  return reads && { value: unpack(bodies(db).get(part.cycle, nameOf(part))!), reads };
}

/** Is there a step of this part, but for those of single sheets, that can be taken over? */
export const hasKeptStep = (db: ReadDb, part: Part): boolean =>
  db
    .prepare<[string, string], string>(
      "SELECT reconciler FROM kept_outcome WHERE cycle = ? AND reconciler LIKE ? || '/%' AND reconciler NOT LIKE '%@%'",
    )
    .pluck()
    .all(part.cycle, part.reconciler)
    .some((name) => readsOfKept(db, { ...part, step: name.slice(part.reconciler.length + 1) }) !== undefined);

/** What it rests on, if that is still the same. Only this version can read what it packed, so this comes before its bodies. */
function readsOfKept(db: ReadDb, part: Part): Reads | undefined {
  const kept = db
    .prepare<[string, string], { fingerprint: string; reads: string }>(
      'SELECT fingerprint, reads FROM kept_outcome WHERE cycle = ? AND reconciler = ?',
    )
    .get(part.cycle, nameOf(part));
  if (!kept) return undefined;
  const reads = JSON.parse(kept.reads) as Reads;
  return kept.fingerprint === fingerprintOf(db, part, reads) ? reads : undefined;
}

const bodies = (db: ReadDb) =>
  db
    .prepare<[string, string], Buffer>('SELECT body FROM kept_outcome_part WHERE cycle = ? AND reconciler = ? ORDER BY part')
    .pluck() as Statement<[string, string], Buffer>;

/** Keeps what a part of the month's newest run found and its steps came to, in the place of what the run before did. */
export function keepOutcome(db: WriteDb, part: Part, made: MadeOutcome): void {
  const { findings, ...rest } = made.outcome;
  keep(db, part, made, [rest, ...Array.from({ length: Math.ceil(findings.length / together) }, (_, i) => findings.slice(i * together, (i + 1) * together))]); // prettier-ignore
  for (const step of made.steps) keep(db, { ...part, step: step.step }, step, [step.value]);
  const names = JSON.stringify(made.stepNames.map((step) => nameOf({ ...part, step })));
  for (const table of tables) {
    const other = "reconciler LIKE ? || '/%' AND reconciler NOT IN (SELECT value FROM json_each(?))";
    db.prepare(`DELETE FROM ${table} WHERE cycle = ? AND ${other}`).run(part.cycle, part.reconciler, names);
  }
}

function keep(db: WriteDb, part: Part, { reads, fingerprint }: Rests, parts: readonly unknown[]): void {
  dropOutcome(db, part);
  const name = nameOf(part);
  const rests = db.prepare('INSERT INTO kept_outcome (cycle, reconciler, fingerprint, reads) VALUES (?, ?, ?, ?)');
  rests.run(part.cycle, name, fingerprint, JSON.stringify(reads));
  const insert = db.prepare('INSERT INTO kept_outcome_part (cycle, reconciler, part, body) VALUES (?, ?, ?, ?)');
  for (const [at, body] of parts.entries()) insert.run(part.cycle, name, BigInt(at), pack(body));
}

/** Forgets what this part of the month's run found, or one step of it came to. */
export function dropOutcome(db: WriteDb, part: Omit<Part, 'version'>): void {
  for (const table of tables) db.prepare(`DELETE FROM ${table} WHERE cycle = ? AND reconciler = ?`).run(part.cycle, nameOf(part));
}

const tables = ['kept_outcome', 'kept_outcome_part'];

/** How a part or a step is named in the tables. */
const nameOf = ({ reconciler, step }: Omit<Part, 'version'>): string => (step === undefined ? reconciler : `${reconciler}/${step}`);

// Not JSON: what was a bigint, or absent, is just that again.
const pack = (value: unknown): Buffer => deflateSync(serialize(value), { level: 1 });
const unpack = (body: Buffer): unknown => deserialize(inflateSync(body));
