import type { EventName, Input, Method, Output } from '../../contract.ts';
import type { Text } from '../../core/finding.ts';
import type { Dispatch } from '../../dispatch.ts';
import { AppError } from '../../errors.ts';
import type { FileRegistry } from '../../files.ts';
import type { AppLink } from './app-link.ts';
import type { Loopback, LoopbackOptions } from '../loopback.ts';

/** The terminal as the command line sees it. */
export interface CliIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Absent: the process's own. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Whether stderr is a terminal: only then is progress drawn. */
  readonly isTTY: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Aborted when the person interrupts; absent: the process's own SIGINT and SIGTERM. */
  readonly signal?: AbortSignal;
}

export interface StartOptions {
  /** Absolute path. */
  readonly workspace: string;
  readonly host: 'cli' | 'browser';
  readonly files: FileRegistry;
  /** Aborted when the person interrupts while the workspace is being opened. */
  readonly signal: AbortSignal;
  onEvent(event: EventName, payload: unknown): void;
  /** A workspace of an older version is brought up to date first; told before it begins. */
  onUpgrade(what: Text): void;
  onDefect(method: string, error: unknown): void;
}

/** What the command line only uses; all of it is loaded when asked for, so that `--help` is quick. */
export interface CliParts {
  createApp(options: StartOptions): Promise<{ readonly dispatch: Dispatch; close(): Promise<void> }>;
  createFiles(): Promise<FileRegistry>;
  startLoopback(options: Omit<LoopbackOptions, 'renderer'>): Promise<Loopback>;
  /** Writes the report of a defect (stack and versions, no data) and returns its path. */
  writeReport(what: string, error: unknown): string;
}

export type Language = 'zh' | 'en';
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** One command being run: its arguments, and the only ways to reach the app and the terminal. */
export interface Session {
  /** What stands after the command's name. */
  readonly args: readonly string[];
  readonly values: OptionValues;
  /** Relative paths are read from here. */
  readonly cwd: string;
  readonly language: Language;
  /** What is piped in. */
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly files: FileRegistry;
  readonly signal: AbortSignal;
  /** Calls a method; throws AppError with what the app refused. */
  call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Prints the result: the document with `--json`, else the lines. */
  print(document: unknown, lines: () => readonly string[]): void;
  /**
   * The same for a document with a long list as its last field, which comes in parts: no more than one of them is held as objects. Nothing is printed
   * before the last part has come.
   */
  printList(head: object, field: string, parts: () => AsyncIterable<readonly unknown[]>, lines: () => readonly string[]): Promise<void>;
  say(text: Text): string;
  /** The app itself, for a host that serves it. */
  readonly app: AppLink;
  readonly startLoopback: CliParts['startLoopback'];
}

/** The text of an option, or undefined. */
export function textOption(session: Session, name: string): string | undefined {
  const value = session.values[name];
  return typeof value === 'string' ? value : undefined;
}

/** Refuses what was typed: exit code 2. */
export const usageError = (zh: string, en: string, details?: unknown): AppError => new AppError('usage', { zh, en }, details);

/** The one argument of a command, e.g. the month; refuses none and several. */
export function onlyArgument(session: Session, name: Text): string {
  const [argument, extra] = session.args;
  if (argument === undefined) throw usageError(`缺少${name.zh}`, `Missing: ${name.en}`);
  if (extra !== undefined) throw usageError(`多出的参数“${extra}”`, `Unexpected argument "${extra}"`);
  return argument;
}

/** The month that a command is about ("2025-09"). */
export function cycleArgument(session: Session): string {
  return checkedCycle(onlyArgument(session, { zh: '账期，如 2025-09', en: 'the month, e.g. 2025-09' }));
}

export function checkedCycle(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw usageError(`账期“${text}”应写成 2025-09 这样`, `The month "${text}" must be written like 2025-09`);
}

/** The option's text if it is one of the choices; refuses another one with the list. */
export function choiceOption<T extends string>(session: Session, name: string, choices: readonly T[]): T | undefined {
  const text = textOption(session, name);
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  const list = choices.join(', ');
  throw usageError(`--${name} 不能是“${text}”，可用：${list}`, `--${name} cannot be "${text}"; choose from: ${list}`);
}
