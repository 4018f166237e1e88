import { AppError } from '../errors.ts';
import { systemFault } from '../system-faults.ts';

/** What went wrong in a thread, as plain data: a refusal for people, or a defect of ours. */
export type Failure =
  | { readonly kind: 'refused'; readonly code: string; readonly text: { zh: string; en: string }; readonly details: unknown }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

/** An error on its way out of a thread; `folders` are those that it wrote to. */
export function failureOf(error: unknown, folders: readonly string[] = []): Failure {
  const refused = error instanceof AppError ? error : systemFault(error, folders);
  if (refused) return { kind: 'refused', code: refused.code, text: refused.text, details: refused.details };
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'defect', message, stack };
}

/** The error again, for whoever waits for the thread. */
export const errorOf = (failure: Failure): Error =>
  failure.kind === 'refused'
    ? new AppError(failure.code, failure.text, failure.details)
    : Object.assign(new Error(failure.message), { stack: failure.stack });
