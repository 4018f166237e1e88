import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { undoOneImport } from '../../electron/jobs/undo.ts';
import { readInvoiceFile } from '../../electron/invoicing/read.ts';
import { resources } from '../../electron/resources.ts';
import { csvParts } from '../fixtures/csv.ts';
import type { Table, World } from '../fixtures/generate.ts';
import { isFile, type EInvoice } from '../fixtures/invoices/invoice.ts';
import { invoiceXml } from '../fixtures/invoices/xml.ts';
import { writeTables } from '../fixtures/write.ts';
import { importCleanly, openWorkspace, type Workspace } from '../month/harness.ts';
import type { ReadInvoices, Reading } from '../month/enter-invoices.ts';
import { enterInputs } from '../month/inputs.ts';

const variant = { format: 'csv' } as const;
const database = 'hezhang.db';

/** Readings by the bytes of the file: a file is the same in most variants of a world. */
const readings = new Map<string, Reading>();

/** Every invoice file as XML, read by the product in this thread: of the forms and the reading thread there are tests of their own. */
const readHere: ReadInvoices = async (invoices) => {
  const found = new Map<string, Reading>();
  for (const invoice of invoices.filter(isFile)) {
    const text = invoiceXml(invoice);
    const known = readings.get(text) ?? (await readInvoiceFile(Buffer.from(text), `${invoice.number}.xml`, resources.cmaps));
    readings.set(text, known as Reading);
    found.set(invoice.number, known as Reading);
  }
  return found;
};

const inXml = (invoice: EInvoice): EInvoice => (isFile(invoice) ? { ...invoice, form: 'xml' } : invoice);
const enter = (workspace: Workspace, world: World): Promise<void> =>
  enterInputs(workspace.db, workspace.folder, { ...world, invoices: world.invoices.map(inXml) }, readHere);

const text = (value: unknown): string => JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v));
const typedOf = ({ settings, invoices, payments, deadlines, marks }: World): string =>
  text([settings, invoices, payments, deadlines, marks]);

function digest(table: Table): string {
  const hash = createHash('sha256');
  for (const part of csvParts(table, variant)) for (const chunk of part) hash.update(chunk);
  return hash.digest('hex');
}

const hasRows = (table: Table): boolean => (table.size ?? table.rows.length) > 0;

/** A world with nothing before it: its files written and imported, what is typed entered. */
export async function openWhole(world: World): Promise<Workspace> {
  const workspace = openWorkspace();
  // Who had no business of a kind exports no file of it.
  for (const table of world.tables.filter(hasRows)) {
    await importCleanly(workspace, await writeTables(path.join(workspace.folder, 'exports'), [table], variant));
    // A large world would lie on the disk three times.
    for (const name of ['exports', 'files']) fs.rmSync(path.join(workspace.folder, name), { recursive: true });
  }
  await enter(workspace, world);
  return workspace;
}

/**
 * The clean world of a seed, imported once. Another world of the seed is opened from a copy of its database: the imports of the files that differ
 * are taken back, and only those are imported; the order of import must not matter, and what was taken back must leave nothing.
 */
export class Base {
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-labelled-'));
  readonly #digests: ReadonlyMap<string, string>;
  readonly #typed: string;
  #imports: ReadonlyMap<string, string> = new Map();

  private constructor(clean: World) {
    this.#digests = new Map(clean.tables.filter(hasRows).map((table) => [table.name, digest(table)]));
    this.#typed = typedOf(clean);
  }

  static async of(clean: World): Promise<Base> {
    const base = new Base(clean);
    await base.#fill(clean);
    return base;
  }

  async #fill(clean: World): Promise<void> {
    const workspace = openWorkspace();
    const files = await writeTables(path.join(workspace.folder, 'exports'), clean.tables.filter(hasRows), variant);
    const ids = await importCleanly(workspace, files);
    this.#imports = new Map(files.map((file) => [path.basename(file, '.csv'), ids.get(file)!]));
    this.#keep(workspace, 'untyped.db');
    await enter(workspace, clean);
    this.#keep(workspace, 'typed.db');
    workspace.remove();
  }

  #keep(workspace: Workspace, name: string): void {
    workspace.db.prepare('VACUUM INTO ?').run(path.join(this.#folder, name));
  }

  /** How many files differ is told too. */
  async open(world: World): Promise<{ workspace: Workspace; changed: number }> {
    const tables = world.tables.filter(hasRows);
    const changed = tables.filter((table) => this.#digests.get(table.name) !== digest(table));
    const names = new Set(tables.map((table) => table.name));
    const gone = [...this.#digests.keys()].filter((name) => !names.has(name) || changed.some((table) => table.name === name));
    const isTyped = typedOf(world) === this.#typed;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-labelled-'));
    fs.copyFileSync(path.join(this.#folder, isTyped ? 'typed.db' : 'untyped.db'), path.join(folder, database));
    const workspace = openWorkspace({ folder });
    for (const name of gone) undoOneImport(workspace.db, this.#imports.get(name)!, '2026-01-10 09:00:00');
    await importCleanly(workspace, await writeTables(path.join(folder, 'exports'), changed, variant));
    if (!isTyped) await enter(workspace, world);
    return { workspace, changed: changed.length };
  }

  remove(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}
