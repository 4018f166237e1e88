import type { Text } from '../../core/finding.ts';
import type { Session } from './session.ts';

/** An option as node:util parseArgs takes it. */
export interface OptionRule {
  readonly type: 'string' | 'boolean';
}

/** One form of a command: the words that it begins with ('*' is any), and the options that mean something with them. */
export interface Form {
  readonly words: readonly string[];
  readonly options: readonly string[];
}

/** One command of `hezhang`. `run` returns the exit code; what it refuses it throws as AppError. */
export interface Command {
  readonly name: string;
  /** What may follow the name, for the usage text. */
  readonly usage: string;
  readonly text: Text;
  readonly options: Readonly<Record<string, OptionRule>>;
  /** Where not every option goes with every form of it; the first that fits is meant. What fits none, the command refuses itself. */
  readonly forms?: readonly Form[];
  /** `serve` gives the app to a browser; all others are the command line itself. */
  readonly host?: 'browser';
  run(session: Session): Promise<number>;
}
