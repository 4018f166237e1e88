import './without-eval.ts';
import { contract, events, type EventName, type EventPayload, type Input, type Method, type Output } from '../electron/contract.ts';
import type { Text } from '../electron/core/finding.ts';

/** What the app refused, or a defect: `text` is the whole sentence for the person, `code` for the program. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly code: string;
  readonly text: Text;
  constructor(code: string, text: Text) {
    super(text.en);
    this.code = code;
    this.text = text;
  }
}

/** Calls one method of the app and decodes its reply; throws CallFailed, never anything else. */
export async function call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  const reply = await window.hezhang.call(method, input).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new CallFailed('host.unreachable', {
      zh: `与核账程序的连接断开了（${method}）：${why}。请关闭窗口后重新打开；数据没有改动。`,
      en: `The connection to Hezhang is lost (${method}): ${why}. Close the window and open it again; your data is unchanged.`,
    });
  });
  if (!reply.ok) throw new CallFailed(reply.error.code, reply.error.message);
  const decoded = contract[method].output.safeParse(reply.value);
  if (decoded.success) return decoded.data as Output<M>;
  const at = decoded.error.issues.map((i) => i.path.join('.')).join(', ');
  throw new CallFailed('reply.invalid', {
    zh: `程序内部错误：${method} 的答复不合规（${at}）。数据没有改动，请把这句话发给我们。`,
    en: `A defect of ours: the reply of ${method} does not fit (${at}). Your data is unchanged; please send us this sentence.`,
  });
}

/** Hears one kind of event; returns the function that stops it. Payloads that do not fit the contract are dropped with a console error. */
export function listen<E extends EventName>(event: E, heard: (payload: EventPayload<E>) => void): () => void {
  return window.hezhang.on((name, payload) => {
    if (name !== event) return;
    const decoded = events[event].safeParse(payload);
    if (decoded.success) heard(decoded.data as EventPayload<E>);
    else console.error(`event ${event} does not fit the contract`, decoded.error.issues);
  });
}

/** Anything thrown, as the one error that the page shows. */
export function asFailure(error: unknown): CallFailed {
  if (error instanceof CallFailed) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new CallFailed('page.defect', { zh: `界面错误：${why}`, en: `A defect of the window: ${why}` });
}

/** A rejection of `window.hezhang.files`: one sentence in Chinese and one in English, a line each (Electron puts its own words before them). */
export function fileFailure(error: unknown): CallFailed {
  if (error instanceof CallFailed) return error;
  const message = (error instanceof Error ? error.message : String(error)).replace(
    /^Error invoking remote method '[^']*': (?:\w*Error: )?/,
    '',
  );
  const [zh = message, en = message] = message.split('\n');
  return new CallFailed('host.files', { zh, en });
}
