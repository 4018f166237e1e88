import { parseArgs } from 'node:util';
import type { Command, OptionRule } from './command.ts';
import { commands } from './commands.ts';
import { usageError, type Language, type OptionValues } from './session.ts';

const shared: Readonly<Record<string, OptionRule>> = {
  workspace: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean' },
};

/** What every command shares; read first and leniently, so that even a refusal is told in the right language and form. */
export interface SharedOptions {
  readonly workspace: string | undefined;
  readonly json: boolean;
  readonly language: Language;
  readonly help: boolean;
}

/** The shared options wherever they stand; never refuses. */
export function readShared(argv: readonly string[]): SharedOptions {
  const options = { ...shared, ...Object.assign({}, ...commands.map((command) => command.options)) };
  const { values } = parseArgs({ args: joinedValues(argv, options), options, strict: false, allowPositionals: true });
  return {
    workspace: typeof values['workspace'] === 'string' ? values['workspace'] : undefined,
    json: values['json'] === true,
    language: values['lang'] === 'en' ? 'en' : 'zh',
    help: values['help'] === true,
  };
}

/** The command with its own arguments and options; refuses an unknown command or option, and a value that is missing. */
export function readCommand(argv: readonly string[]): { command: Command; args: readonly string[]; values: OptionValues } {
  const everything = { ...shared, ...Object.assign({}, ...commands.map((command) => command.options)) };
  const loose = parseArgs({ args: joinedValues(argv, everything), options: everything, strict: false, allowPositionals: true });
  const name = loose.positionals[0];
  const list = commands.map((command) => command.name).join(', ');
  if (name === undefined) throw usageError(`没有写命令，可用：${list}`, `No command was given; there are: ${list}`, { commands: list });
  const command = commands.find((one) => one.name === name);
  if (!command)
    throw usageError(`这个版本没有命令“${name}”，可用：${list}`, `This version has no command "${name}"; there are: ${list}`, {
      command: name,
    });
  const options = { ...shared, ...command.options };
  try {
    const read = parseArgs({ args: joinedValues(argv, options), options, allowPositionals: true, tokens: true });
    const { values, positionals } = read;
    refuseTwice(read.tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : [])));
    refuseMeaningless(command, positionals.slice(1), Object.keys(values));
    const lang = values['lang'];
    if (lang !== undefined && lang !== 'zh' && lang !== 'en') throw usageError(`--lang 只能是 zh 或 en`, '--lang is zh or en');
    return { command, args: positionals.slice(1), values: values as OptionValues };
  } catch (error) {
    throw refusalOf(error, command);
  }
}

/** Of two values of one option the first would be dropped. */
function refuseTwice(given: readonly string[]): void {
  const twice = given.find((name, at) => given.indexOf(name) !== at);
  if (twice !== undefined) throw usageError(`选项 --${twice} 写了两次，请只写一次`, `The option --${twice} was given twice: give it once`);
}

/** An option that means nothing in the form of the command that was typed would be dropped. */
function refuseMeaningless({ name, forms }: Command, args: readonly string[], given: readonly string[]): void {
  const form = forms?.find(({ words }) => words.every((word, at) => (word === '*' ? args[at] !== undefined : args[at] === word)));
  if (!form) return;
  const known = [...form.options, ...Object.keys(shared)];
  const other = given.find((option) => !known.includes(option));
  if (other === undefined) return;
  const what = [name, ...form.words.filter((word) => word !== '*')].join(' ');
  const list = form.options.map((option) => `--${option}`).join(' ');
  throw usageError(
    `${what} 没有选项 --${other}${list === '' ? '，它不带选项' : `，可用：${list}`}`,
    `${what} has no option --${other}${list === '' ? '; it takes none' : `; there are: ${list}`}`,
  );
}

/** Writes `--net -5.00` as `--net=-5.00`: parseArgs would take the negative amount for an option. */
function joinedValues(argv: readonly string[], options: Readonly<Record<string, OptionRule>>): string[] {
  const joined: string[] = [];
  for (const word of argv) {
    const before = joined.at(-1) ?? '';
    const takesValue = before.startsWith('--') && options[before.slice(2)]?.type === 'string';
    if (takesValue && /^-[\d.]/.test(word)) joined[joined.length - 1] = `${before}=${word}`;
    else joined.push(word);
  }
  return joined;
}

function refusalOf(error: unknown, command: Command): unknown {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) return error;
  const option = /'(-{1,2}[^' ]+)/.exec((error as Error).message)?.[1] ?? '';
  const usage = `hezhang ${command.name} ${command.usage}`;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    return usageError(`${command.name} 没有选项 ${option}。用法：${usage}`, `${command.name} has no option ${option}. Usage: ${usage}`);
  }
  return usageError(`选项 ${option} 的值不对或缺少。用法：${usage}`, `Option ${option} lacks its value or takes none. Usage: ${usage}`);
}
