import { z } from 'zod';
import { contract, type Handlers, type Method, type Reply } from './contract.ts';
import { AppError } from './errors.ts';
import { systemFault } from './system-faults.ts';

/** Takes any caller's method and input; never rejects: what goes wrong becomes an error reply. */
export type Dispatch = (method: string, input: unknown) => Promise<Reply>;

const isMethod = (name: string): name is Method => Object.hasOwn(contract, name);

/**
 * The one door in: decode → handler → encode. `onDefect` hears of whatever is our own fault (a handler that threw something else than an
 * AppError, an output that breaks the contract); what the machine refused is none. `workspace` is its folder, to tell what is left on a full disk.
 */
export function createDispatch(handlers: Handlers, onDefect: (method: string, error: unknown) => void, workspace?: string): Dispatch {
  return async (method, input) => {
    if (!isMethod(method)) return refuse('method.unknown', `没有这个操作：${method}`, `No such method: ${method}`);
    const decoded = contract[method].input.safeParse(input ?? {});
    if (!decoded.success) {
      const what = z.prettifyError(decoded.error);
      return {
        ok: false,
        error: {
          code: 'input.invalid',
          message: { zh: `输入不合规：${what}`, en: `Input refused: ${what}` },
          details: decoded.error.issues,
        },
      };
    }
    try {
      const handler = handlers[method] as (input: unknown) => unknown;
      const output = contract[method].output.parse(await handler(decoded.data));
      return { ok: true, value: output };
    } catch (error) {
      const refused = error instanceof AppError ? error : systemFault(error, workspace === undefined ? [] : [workspace]);
      if (refused) return { ok: false, error: { code: refused.code, message: refused.text, details: refused.details } };
      onDefect(method, error);
      const why = error instanceof Error ? error.message : String(error);
      return refuse(
        'internal',
        `程序内部错误（${method}）：${why}。没做完的这一步没有留下数据，请把错误报告发给我们。`,
        `A defect of ours (${method}): ${why}. The step at hand left nothing behind; please send us the report.`,
      );
    }
  };
}

const refuse = (code: string, zh: string, en: string): Reply => ({ ok: false, error: { code, message: { zh, en } } });
