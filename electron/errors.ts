import { closedText } from './core/closing.ts';
import type { Text } from './core/finding.ts';

/**
 * Whatever the app refuses: a stable dotted code, a sentence in both languages that says what, where, why and what to do, and details for
 * programs. Anything else that is thrown is a defect of ours and becomes `internal`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly text: Text;
  readonly details: unknown;
  constructor(code: string, text: Text, details?: unknown) {
    super(text.en);
    this.code = code;
    this.text = text;
    this.details = details;
  }
}

/** The month was never reconciled, or its inputs have changed since. */
export class NotReconciled extends AppError {
  constructor(cycle: string, why: 'never' | 'changed') {
    super('not-reconciled', {
      zh:
        why === 'never'
          ? `${cycle} 还没有对账，请先对账。`
          : `${cycle} 的文件、设置、申付、发票或到账在上次对账后有变化，或承诺的付款日已过，请重新对账。`,
      en:
        why === 'never'
          ? `${cycle} has not been reconciled yet: reconcile it first.`
          : `The inputs of ${cycle} changed since it was reconciled, or a promised payment day has passed: reconcile it again.`,
    });
  }
}

/** There is no file of the month: nothing can be reconciled. */
export class MonthEmpty extends AppError {
  constructor(cycle: string) {
    super('month.empty', {
      zh: `没有 ${cycle} 的文件，无从对账。请先导入这个月的导出文件，或检查账期。`,
      en: `There is no file of ${cycle} to reconcile: import that month's exports first, or check the month.`,
    });
  }
}

/** A page may not name a path: only the command line writes to folders of the caller's choice. */
export class CommandLineOnly extends AppError {
  constructor(method: string) {
    super('host.refused', { zh: `${method} 只能在命令行使用。`, en: `${method} is for the command line only.` });
  }
}

/** A closed month would be changed. `what` says, after "… is closed,", what is not done for that reason. */
export class MonthClosed extends AppError {
  constructor(cycles: readonly string[], what: Text) {
    super('month.closed', closedText(cycles, what), { billingCycles: cycles });
  }
}
