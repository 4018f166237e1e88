import { createFileRegistry, type FileRegistry } from '../../electron/files.ts';
import { AppError } from '../../electron/errors.ts';
import { runCli } from '../../electron/hosts/cli.ts';
import type { CliParts, StartOptions } from '../../electron/hosts/cli/session.ts';
import type { Reply } from '../../electron/contract.ts';

/** What an app behind the command line answers in a test: a value, or what it refuses by throwing AppError. */
export type Answers = Readonly<Record<string, (input: never, start: StartOptions) => unknown>>;

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Every call in order: [method, input]. */
  readonly calls: readonly (readonly [string, unknown])[];
  /** The workspaces opened, and whether each was closed. */
  readonly opened: readonly string[];
  readonly closed: number;
  readonly files: FileRegistry;
}

interface Options {
  readonly answers?: Answers;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly signal?: AbortSignal;
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Replaces parts, e.g. an app that cannot be opened. */
  readonly parts?: Partial<CliParts>;
}

/** Runs one command line against answers given by the test; no app, no disk. */
export async function run(argv: readonly string[], options: Options = {}): Promise<Ran> {
  const { answers = {}, env = {}, isTTY = false, signal = new AbortController().signal } = options;
  const calls: [string, unknown][] = [];
  const opened: string[] = [];
  const files = createFileRegistry();
  let [out, err, closed] = ['', '', 0];
  const parts: CliParts = {
    createFiles: async () => files,
    createApp: async (start) => {
      opened.push(start.workspace);
      return { dispatch: (method, input) => answer(method, input, start), close: async () => void (closed += 1) };
    },
    startLoopback: () => Promise.reject(new Error('not in this test')),
    writeReport: (what, error) => `report of ${what}: ${error instanceof Error ? error.message : String(error)}`,
    ...options.parts,
  };
  async function answer(method: string, input: unknown, start: StartOptions): Promise<Reply> {
    calls.push([method, input]);
    try {
      return { ok: true, value: await answers[method]?.(input as never, start) };
    } catch (error) {
      if (error instanceof AppError) return { ok: false, error: { code: error.code, message: error.text, details: error.details } };
      start.onDefect(method, error);
      return { ok: false, error: { code: 'internal', message: { zh: '内部错误', en: 'internal' } } };
    }
  }
  const io = {
    stdout: { write: (text: string) => void (out += text) },
    stderr: { write: (text: string) => void (err += text) },
    isTTY,
    env,
    cwd: '/somewhere',
    signal,
    ...(options.stdin && { stdin: options.stdin }),
  };
  const code = await runCli(argv, io, parts);
  return { code, out, err, calls, opened, closed, files };
}
