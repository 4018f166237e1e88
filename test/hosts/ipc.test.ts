import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reply } from '../../electron/contract.ts';
import { createFileRegistry, type FileRegistry } from '../../electron/files.ts';
import { serveIpc, type IpcCall } from '../../electron/hosts/ipc.ts';

const page = { senderFrame: { url: 'app://hezhang/index.html#/home', parent: null } };
let folder: string;
let files: FileRegistry;
let handlers: Map<string, (event: IpcCall, ...args: unknown[]) => Promise<Reply>>;
let opened: string[];
let picked: string[];
const send = (channel: string, ...args: unknown[]) => handlers.get(channel)!(page, ...args);

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ipc-'));
  files = createFileRegistry();
  handlers = new Map();
  opened = [];
  picked = [];
  serveIpc({
    receiver: { handle: (channel, listener) => void handlers.set(channel, listener) },
    dispatch: async (method, input) => ({ ok: true, value: { method, input } }),
    files,
    desktop: {
      choose: async () => picked,
      save: async (file, name) => {
        fs.copyFileSync(file, path.join(folder, name));
        return true;
      },
      print: async (file) => {
        opened.push(file);
        return 'canceled';
      },
    },
    pages: ['app://hezhang/'],
  });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test('only the main frame of our own page may call', async () => {
  const others: IpcCall[] = [
    { senderFrame: null },
    { senderFrame: { url: 'https://evil.example/', parent: null } },
    { senderFrame: { url: 'app://hezhang.evil/', parent: null } },
    { senderFrame: { url: 'app://hezhang/index.html', parent: {} } },
  ];
  for (const channel of handlers.keys())
    for (const event of others)
      expect(await handlers.get(channel)!(event, 'app.about', {})).toMatchObject({ ok: false, error: { code: 'sender.untrusted' } });
  expect(await send('call', 'app.about', { a: 1 })).toEqual({ ok: true, value: { method: 'app.about', input: { a: 1 } } });
});

test('dropped and chosen files become tokens; the reply holds no path', async () => {
  const file = path.join(folder, '账单.csv');
  fs.writeFileSync(file, 'abc');
  const dropped = await send('files.drop', [file, folder]);
  expect(dropped).toMatchObject({ ok: true, value: [{ name: '账单.csv', size: 3 }, { size: 0 }] });
  expect(JSON.stringify(dropped)).not.toContain(JSON.stringify(folder).slice(1, -1) + path.sep);
  picked = [file];
  const chosen = (await send('files.choose', { multiple: true })) as { value: { token: string }[] };
  expect(files.resolve(chosen.value[0]!.token)).toBe(file);
});

test('a drop that is not a file on disk is refused whole, in words', async () => {
  const file = path.join(folder, 'a.csv');
  fs.writeFileSync(file, 'a');
  for (const paths of [[file, ''], ['relative.csv'], [3], [path.join(folder, 'missing.csv')]])
    expect(await send('files.drop', paths)).toMatchObject({ ok: false });
  expect(await send('files.drop', [''])).toMatchObject({
    error: { code: 'file.not-on-disk', message: { zh: expect.stringContaining('拖入') as string } },
  });
});

test('a token reads a PDF and prints a document, never a program, and never something that was not registered', async () => {
  const [pdf, program, book] = ['a.pdf', 'a.exe', 'a.xlsx'].map((name) => path.join(folder, name)) as [string, string, string];
  for (const file of [pdf, program, book]) fs.writeFileSync(file, '%PDF');
  expect(await send('files.read', files.register(pdf))).toEqual({ ok: true, value: new Uint8Array(Buffer.from('%PDF')) });
  for (const file of [program, book])
    expect(await send('files.read', files.register(file))).toMatchObject({ error: { code: 'file.not-openable' } });
  expect(await send('files.read', files.register(path.join(folder, 'gone.pdf')))).toMatchObject({ error: { code: 'file.unreadable' } });
  expect(await send('files.print', files.register(program))).toMatchObject({ error: { code: 'file.not-openable' } });
  expect(await send('files.print', files.register(pdf))).toEqual({ ok: true, value: 'canceled' });
  expect(await send('files.print', '../../etc/passwd')).toMatchObject({ error: { code: 'file.unknown' } });
  expect(opened).toEqual([pdf]);
});

test('saving keeps only the last part of the suggested name', async () => {
  const pdf = path.join(folder, 'a.pdf');
  fs.writeFileSync(pdf, '%PDF');
  expect(await send('files.save', files.register(pdf), '../九月.pdf')).toEqual({ ok: true, value: true });
  expect(fs.readFileSync(path.join(folder, '九月.pdf'), 'utf8')).toBe('%PDF');
});
