import type { Method, Output, Reply } from '../contract.ts';
import type { Text } from '../core/finding.ts';
import { AppError } from '../errors.ts';
import { linkApp, type AppLink } from './cli/app-link.ts';
import { readCommand, readShared, type SharedOptions } from './cli/arguments.ts';
import { usageText } from './cli/commands.ts';
import type { Command } from './cli/command.ts';
import { hintOf } from './cli/hints.ts';
import { appParts } from './cli/parts.ts';
import { createProgress } from './cli/progress.ts';
import type { CliIo, CliParts, OptionValues, Session } from './cli/session.ts';

export type { CliIo } from './cli/session.ts';

/** Exit codes (handbook: cli). */
const exit = { done: 0, defect: 1, refused: 2, cancelled: 130 } as const;

/**
 * Runs one command of `hezhang` and returns its exit code; never rejects. With `--json` stdout gets exactly one document, everything else goes to
 * stderr. `parts` is the app behind it.
 */
export async function runCli(argv: readonly string[], io: CliIo, parts: CliParts = appParts): Promise<number> {
  const shared = readShared(argv);
  const stop = io.signal ? { signal: io.signal, release: () => undefined } : processSignals();
  const progress = createProgress((text) => (io.isTTY ? io.stderr.write(text) : undefined));
  const run: Run = { io, shared, parts, signal: stop.signal, progress };
  try {
    if (shared.help) {
      const usage = usageText(shared.language);
      io.stdout.write(shared.json ? `${JSON.stringify({ usage })}\n` : usage);
      return exit.done;
    }
    const { command, args, values } = readCommand(argv);
    return await runCommand(run, command, args, values);
  } catch (error) {
    progress.clear();
    return fail(run, error);
  } finally {
    stop.release();
  }
}

interface Run {
  readonly io: CliIo;
  readonly shared: SharedOptions;
  readonly parts: CliParts;
  readonly signal: AbortSignal;
  readonly progress: ReturnType<typeof createProgress>;
}

/** An error of ours, already written to a report. */
class Defect extends Error {
  override readonly name = 'Defect';
  readonly reply: AppError;
  readonly report: string | undefined;
  constructor(reply: AppError, report: string | undefined) {
    super(reply.message);
    this.reply = reply;
    this.report = report;
  }
}

async function runCommand(run: Run, command: Command, args: readonly string[], values: OptionValues): Promise<number> {
  const { io, shared, parts, signal, progress } = run;
  const files = await parts.createFiles();
  const workspace = shared.workspace || io.env?.['HEZHANG_WORKSPACE'] || undefined;
  const onUpgrade = (what: Text): void => void io.stderr.write(`${what[shared.language]}\n`);
  const app = linkApp(parts, { host: command.host ?? 'cli', workspace, files, signal, onUpgrade });
  app.subscribe((event, payload) => (event === 'progress' ? progress.show(payload) : undefined));
  signal.addEventListener('abort', app.cancel, { once: true });
  const session: Session = {
    args,
    values,
    cwd: io.cwd ?? process.cwd(),
    language: shared.language,
    stdin: io.stdin ?? process.stdin,
    files,
    signal,
    app,
    startLoopback: parts.startLoopback,
    call: <M extends Method>(method: M, input: unknown) => called<M>(app, method, input),
    print(document, lines) {
      progress.clear();
      const text = shared.json ? [JSON.stringify(document)] : lines();
      io.stdout.write(text.map((line) => `${line}\n`).join(''));
    },
    async printList(head, field, parts, lines) {
      progress.clear();
      if (!shared.json) {
        io.stdout.write(
          lines()
            .map((line) => `${line}\n`)
            .join(''),
        );
        return;
      }
      const pieces: Buffer[] = [];
      for await (const part of parts()) if (part.length > 0) pieces.push(Buffer.from(JSON.stringify(part).slice(1, -1)));
      io.stdout.write(JSON.stringify({ ...head, [field]: [] }).slice(0, -2));
      for (const [i, piece] of pieces.entries()) io.stdout.write((i > 0 ? ',' : '') + piece.toString());
      io.stdout.write(']}\n');
    },
    say: (text) => text[shared.language],
  };
  try {
    return await command.run(session);
  } finally {
    signal.removeEventListener('abort', app.cancel);
    await app.close();
  }
}

async function called<M extends Method>(app: AppLink, method: M, input: unknown): Promise<Output<M>> {
  const reply: Reply = await app.dispatch(method, input);
  if (reply.ok) return reply.value as Output<M>;
  const error = new AppError(reply.error.code, reply.error.message, reply.error.details);
  throw error.code === 'internal' ? new Defect(error, app.report()) : error;
}

/** Tells what went wrong, as a document on stdout with `--json`, and returns the exit code. */
function fail({ io, shared, parts }: Run, error: unknown): number {
  const known = error instanceof AppError ? error : undefined;
  const defect = known ? undefined : error instanceof Defect ? error : new Defect(unexpected(error), parts.writeReport('hezhang', error));
  const { code, text, details } = known ?? defect!.reply;
  const message = text[shared.language];
  const told = defect ? { report: defect.report } : details;
  if (shared.json) io.stdout.write(`${JSON.stringify({ error: { code, message, ...(told !== undefined && { details: told }) } })}\n`);
  else io.stderr.write(`${[message, hintOf(code)?.[shared.language]].filter(Boolean).join('\n')}\n`);
  if (defect?.report && !shared.json) io.stderr.write(`${{ zh: '错误报告：', en: 'Report: ' }[shared.language]}${defect.report}\n`);
  if (defect) return exit.defect;
  return code === 'cancelled' ? exit.cancelled : exit.refused;
}

function unexpected(error: unknown): AppError {
  const why = error instanceof Error ? error.message : String(error);
  return new AppError('internal', {
    zh: `程序内部错误：${why}。请把错误报告发给我们。`,
    en: `A defect of ours: ${why}. Please send us the report.`,
  });
}

/** Ctrl+C and a polite kill abort; a second one ends the process at once, which rolls back what was being written. */
function processSignals(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const hear = (): void => {
    if (controller.signal.aborted) process.exit(exit.cancelled);
    controller.abort();
  };
  process.on('SIGINT', hear).on('SIGTERM', hear);
  return { signal: controller.signal, release: () => void process.off('SIGINT', hear).off('SIGTERM', hear) };
}
