/**
 * What a person waits for who imports one changed file into a month that is imported and reconciled: the import and the run after it, by the window's own
 * calls to a running app. The last 10,000 rows of each statement lie in a file of their own; twenty amounts in it are changed and it replaces what was there.
 *   node test/bench/rerun.ts 1000000 5             rows of consumption, rounds (each on a fresh copy of the workspace)
 *   node test/bench/rerun.ts 1000000 5 OTHER/cli.js   of another build
 * Prints the median of import + run in seconds, the least and the most. Needs a built dist/; a million rows need 12 GB of memory and of disk.
 */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generate } from '../fixtures/generate.ts';
import { writeTables } from '../fixtures/write.ts';

const scale = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 3);
const cli = path.resolve(process.argv[4] ?? path.resolve(import.meta.dirname, '../../dist/main/cli.js'));
const few = 10_000;
/** The statements, and the amount in which twenty rows are changed. */
const statements = { 伙伴账单明细: '客户消费金额', 消费明细: '应付金额', 业绩明细: '业绩金额', 激励明细: '激励金额' };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-rerun-'));
const world = generate({ seed: 1, months: 1, scale });
const month = world.months[0]!;
const written = await writeTables(path.join(folder, 'exports'), world.tables, { format: 'csv' });

/** Cuts a statement's last rows off into a file of their own and writes that file once more with changed amounts. */
function cut(file: string, column: string): { readonly part: string; readonly changed: string } {
  const [header = '', ...lines] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  const at = header.trim().split(',').indexOf(column);
  const last = lines.splice(-few);
  const write = (name: string, rows: readonly string[]): string => {
    const target = path.join(folder, name, path.basename(file).replace('.csv', '_2.csv'));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, `${[header, ...rows].join('\n')}\n`);
    return target;
  };
  const changed = last.map((row, i) => {
    if (i % (few / 20) !== 0) return row;
    const cells = row.split(',');
    cells[at] = (Number(cells[at]) + 1).toFixed(8);
    return cells.join(',');
  });
  fs.writeFileSync(file, `${[header, ...lines].join('\n')}\n`);
  return { part: write('parts', last), changed: write('changed', changed) };
}

function run(workspace: string, ...args: string[]): void {
  const child = spawnSync(process.execPath, [cli, '--workspace', workspace, '--json', ...args], { maxBuffer: 1 << 30, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${args[0]}: ${child.stderr.slice(-2000)}${child.stdout.slice(-2000)}`);
}

/** A running app on a workspace: its calls, and what ends it. */
async function serve(workspace: string): Promise<{ send(where: string, headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>): Promise<unknown>; end(): Promise<void> }> {
  const host = spawn(process.execPath, [cli, '--workspace', workspace, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => host.once('exit', resolve));
  let said = '';
  const url = await new Promise<URL>((resolve, reject) => {
    host.once('exit', (code) => reject(new Error(`the app ended with ${code}: ${said}`)));
    host.stdout.on('data', (part: Buffer) => {
      const address = /http:\S+(?=\s)/.exec((said += String(part)))?.[0];
      if (address !== undefined) resolve(new URL(address));
    });
  });
  const cookie = (await fetch(url, { redirect: 'manual' })).headers.get('set-cookie')!.split(';')[0]!;
  return {
    async send(where, headers, body) {
      const reply = (await (await fetch(new URL(where, url), { method: 'POST', headers: { ...headers, cookie }, body })).json()) as { ok: boolean; value: unknown };
      if (!reply.ok) throw new Error(`${where}: ${JSON.stringify(reply)}`);
      return reply.value;
    },
    async end() {
      host.kill('SIGINT');
      await ended;
    },
  };
}

/** Seconds from the person's click to the month's new result. */
async function round(base: string, changed: string): Promise<number> {
  const workspace = path.join(folder, 'workspace');
  fs.cpSync(base, workspace, { recursive: true });
  const app = await serve(workspace);
  const json = { 'content-type': 'application/json' };
  const call = (method: string, input: unknown): Promise<unknown> => app.send(`/call/${method}`, json, JSON.stringify(input));
  await call('month.status', { billingCycle: month });
  const name = encodeURIComponent(path.basename(changed));
  const { token } = (await app.send('/files', { 'x-file-name': name }, fs.readFileSync(changed))) as { token: string };
  const start = performance.now();
  const { files } = (await call('imports.commit', { tokens: [token], answers: { as: 'replacement' } })) as { files: { status: string }[] };
  await call('month.reconcile', { billingCycle: month, most: 1000 });
  const seconds = (performance.now() - start) / 1000;
  if (files[0]?.status !== 'imported') throw new Error(JSON.stringify(files).slice(0, 2000));
  await app.end();
  fs.rmSync(workspace, { recursive: true });
  return seconds;
}

const kinds = Object.entries(statements).map(([kind, column]) => ({ kind, ...cut(written.find((f) => path.basename(f).startsWith(`${kind}_`))!, column) }));
const base = path.join(folder, 'base');
run(base, 'import', ...written, ...kinds.map((k) => k.part));
run(base, 'reconcile', month);
process.stdout.write(`${few} rows replaced in a month of ${scale}, ${rounds} rounds: import and run, seconds\n`);
for (const { kind, changed } of kinds) {
  const taken: number[] = [];
  for (let i = 0; i < rounds; i++) taken.push(await round(base, changed));
  taken.sort((a, b) => a - b);
  const [middle, least, most] = [taken[Math.floor(rounds / 2)]!, taken[0]!, taken.at(-1)!].map((s) => s.toFixed(2));
  process.stdout.write(`${kind}  ${middle}  (${least}–${most})\n`);
}
fs.rmSync(folder, { recursive: true });
