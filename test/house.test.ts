import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** The rules of the house, read from the sources themselves, so that they hold whatever the lint configuration says. */
const root = path.resolve(import.meta.dirname, '..');
const sources = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => /\.(ts|tsx|mjs|js|css)$/.test(file) && fs.existsSync(path.join(root, file)));
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
const shell = ['electron/main.ts', 'electron/preload.ts', 'electron/desktop.ts'];

/** What a file imports, statically or not: packages by name, own files by path from the root. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom '([^'\s]+)'|^import '([^'\s]+)'|\bimport\('([^'\s]+)'\)/gm);
  return [...found].map(([, from, bare, lazy]) => {
    const name = from ?? bare ?? lazy ?? '';
    return name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name;
  });
}

const core = /^electron\/core\//;
const node = /^node:/;
/** Each layer: which files it is, and what they may import. First match counts. */
const layers: { name: string; files: RegExp; may: RegExp[] }[] = [
  { name: 'core', files: core, may: [core] },
  { name: 'db', files: /^db\//, may: [/^db\//, core, node, /^better-sqlite3$/] },
  { name: 'contract', files: /^electron\/contract(\.ts|\/)/, may: [/^electron\/contract(\.ts|\/)/, core, /^zod$/] },
  {
    name: 'readers and writers',
    files: /^electron\/(importing|exporting|invoicing)\//,
    may: [
      /^electron\/(importing|exporting|invoicing|core)\//,
      node,
      /^(yauzl|yazl|tar-stream|papaparse|exceljs|pdfkit|saxes|pdfjs-dist(\/.*)?)$/,
    ],
  },
  {
    name: 'jobs',
    files: /^electron\/jobs\//,
    may: [
      /^electron\/(jobs|importing|exporting|invoicing|core)\//,
      /^package\.json$/,
      /^db\//,
      /^electron\/(contract|errors|system-faults)\.ts$/,
      node,
      /^zod$/,
    ],
  },
  {
    name: 'app',
    files:
      /^electron\/(handlers\/|(app|dispatch|errors|files|folders|resources|system-faults|temporary-folder|workspace|workspace-faults)\.ts$)/,
    may: [
      /^electron\/(handlers|jobs|importing|exporting|invoicing|core)\//,
      /^db\//,
      /^electron\/(app|contract|dispatch|errors|files|folders|resources|system-faults|temporary-folder|workspace|workspace-faults)\.ts$/,
      /^package\.json$/,
      node,
      /^zod$/,
    ],
  },
  {
    name: 'hosts',
    files: /^electron\/(hosts\/|cli\.ts$|window-api\.ts$)/,
    may: [
      /^electron\/hosts\//,
      core,
      /^electron\/(app|contract|dispatch|errors|files|folders|resources|system-faults|temporary-folder|window-api|workspace|workspace-faults)\.ts$/,
      /^package\.json$/,
      node,
    ],
  },
  {
    name: 'shell',
    files: /^electron\/(main|preload|desktop)\.ts$/,
    may: [
      /^electron\/hosts\//,
      /^electron\/(app|contract|desktop|files|resources|window-api|workspace|workspace-faults)\.ts$/,
      /^electron(-log\/node)?$/,
      node,
    ],
  },
  {
    name: 'renderer',
    files: /^renderer\//,
    may: [/^renderer\//, core, /^electron\/(contract|window-api)\.ts$/, /^(?!node:|electron|better-sqlite3)[@a-z][^.]*/],
  },
];

test('every import goes where its layer may', () => {
  const wrong: string[] = [];
  for (const file of sources.filter((f) => /^(electron|db|renderer)\/.*\.tsx?$/.test(f))) {
    const layer = layers.find((l) => l.files.test(file));
    if (!layer) wrong.push(`${file} belongs to no layer`);
    for (const name of importsOf(file))
      if (layer && !layer.may.some((may) => may.test(name))) wrong.push(`${file} (${layer.name}) imports ${name}`);
  }
  expect(wrong).toEqual([]);
});

test("only the shell knows Electron, and only db knows SQLite's library", () => {
  const mentions = (name: string): string[] =>
    sources.filter((file) => /^(electron|db|renderer|scripts)\//.test(file) && importsOf(file).includes(name));
  expect(mentions('electron').sort()).toEqual([...shell].filter((file) => fs.existsSync(path.join(root, file))).sort());
  expect(mentions('better-sqlite3').filter((file) => !file.startsWith('db/'))).toEqual([]);
});

test('exceljs, pdfkit, saxes and pdf.js are loaded when they are needed, not when the app starts', () => {
  const eager = sources.filter(
    (file) => file.startsWith('electron/') && /^import (?!type)[^;]*from '(exceljs|pdfkit|saxes|pdfjs-dist[^']*)'/m.test(read(file)),
  );
  expect(eager).toEqual([]);
});

test('files stay small: 300 lines at most', () => {
  const large = sources
    .filter((file) => !file.startsWith('test/fixtures/') && !file.startsWith('test/golden/'))
    .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(large).toEqual([]);
});

test('no file is named after nothing', () => {
  const names =
    /^(utils?|helpers?|common|misc|manager|service|types|shared|lib)\.[a-z]+$|(-|\.)(utils?|helpers?|manager|service|types)\.[a-z]+$/i;
  expect(sources.filter((file) => names.test(path.basename(file)))).toEqual([]);
});

test('no float stands near money: only the reader of numeric cells meets a double', () => {
  const reader = 'electron/importing/values/money.ts';
  const floats = sources.filter(
    (file) => /^(electron|db)\//.test(file) && file !== reader && /\bparseFloat\s*\(|\.toFixed\s*\(|Math\.random/.test(read(file)),
  );
  expect(floats).toEqual([]);
});

test('nothing is put off, skipped or focused', () => {
  const words = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].map((word) => `\\b${word}\\b`).join('|'));
  const skipped = new RegExp(`\\b(it|test|describe)\\.(skip|only|${'to' + 'do'}|fixme|fails)\\b`);
  expect(sources.filter((file) => words.test(read(file)) || (file !== 'test/house.test.ts' && skipped.test(read(file))))).toEqual([]);
});

test('every relative import ends in its file name', () => {
  const bare: string[] = [];
  for (const file of sources.filter((f) => /\.tsx?$/.test(f)))
    for (const [, name] of read(file).matchAll(/\bfrom '(\.[^']*)'/g))
      if (!/\.(tsx?|css|json|js|mjs)$/.test(name ?? '')) bare.push(`${file}: ${name}`);
  expect(bare).toEqual([]);
});

test('English is set with the plain apostrophe: fonts with Chinese draw the curly one a whole character wide', () => {
  const curly = sources
    .filter((file) => /^(electron|db|renderer)\//.test(file))
    .flatMap((file) => [...read(file).matchAll(/[a-z]’[a-z]/g)].map(({ 0: found }) => `${file}: ${found}`));
  expect(curly).toEqual([]);
});
