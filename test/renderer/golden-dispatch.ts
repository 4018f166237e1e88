import fs from 'node:fs';
import path from 'node:path';
import { contract, type Decoded, type Input, type Method, type Output, type Reply } from '../../electron/contract.ts';
import { AppError } from '../../electron/errors.ts';
import type { Dispatch } from '../../electron/dispatch.ts';

export const goldenFolder = path.join(import.meta.dirname, 'golden');

/** The stored reply of a method, decoded; throws where the file is missing or no longer fits the contract. */
export function golden<M extends Method>(method: M): Output<M> {
  const stored: unknown = JSON.parse(fs.readFileSync(path.join(goldenFolder, `${method}.json`), 'utf8'));
  return contract[method].output.parse(stored) as Output<M>;
}

/** What a test answers otherwise than the golden reply: a value, or an AppError that it throws. */
export type Overrides = { readonly [M in Method]?: (input: Decoded<M>) => Output<M> | Promise<Output<M>> };
export interface GoldenDispatch {
  readonly dispatch: Dispatch;
  /** Every call, in order. */
  readonly calls: { readonly method: string; readonly input: unknown }[];
}

/** Answers every method with its golden reply; input and output are decoded by the contract, as the app does it. */
export function createGoldenDispatch(overrides: Overrides = {}): GoldenDispatch {
  const calls: { method: string; input: unknown }[] = [];
  const dispatch: Dispatch = async (method, input): Promise<Reply> => {
    if (!Object.hasOwn(contract, method)) throw new Error(`no such method: ${method}`);
    const name = method as Method;
    const decoded = contract[name].input.parse(input) as Decoded<Method>;
    calls.push({ method, input: decoded });
    const override = overrides[name] as ((input: unknown) => unknown) | undefined;
    try {
      const value = override ? await override(decoded) : answer(name, decoded);
      return { ok: true, value: contract[name].output.parse(value) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ok: false, error: { code: error.code, message: error.text } };
    }
  };
  return { dispatch, calls };
}

/** Golden replies that depend on what was asked: the page of a list, the finding of a key. */
function answer(method: Method, input: unknown): unknown {
  if (method === 'findings.page') return pageOf(golden(method), input);
  if (method !== 'findings.evidence') return golden(method);
  const { key } = input as Input<'findings.evidence'>;
  const evidence = golden(method);
  const row = golden('findings.page').findings.find((f) => f.key === key.split('~')[0]);
  return { ...evidence, finding: { ...evidence.finding, ...row, key } };
}

type Page = Output<'findings.page'>;

/** The part of the findings that a page asks for, filtered as the app filters. */
export function pageOf(all: Page, input: unknown): Page {
  const { offset = 0, limit = 100, code, severity, status, search, carried, find } = input as Input<'findings.page'>;
  const found = all.findings.filter(
    (f) =>
      (!carried || f.billingCycle < '2025-09') &&
      (code === undefined || f.code === code) &&
      (severity === undefined || f.severity === severity) &&
      (status === undefined || f.status === status) &&
      (search === undefined || `${f.customerId} ${f.accountName} ${f.tradeId}`.includes(search)),
  );
  const at = found.findIndex((f) => f.key === find);
  return { ...all, total: found.length, findings: found.slice(offset, offset + limit), ...(at >= 0 && { at }) };
}

/** The golden findings repeated to `count` rows with keys of their own. */
export function manyFindings(count: number): Page {
  const { findings, ...rest } = golden('findings.page');
  const rows = Array.from({ length: count }, (_, i) => {
    const f = findings[i % findings.length]!;
    return { ...f, key: `${f.key}~${i}`, tradeId: `CS25${String(i).padStart(12, '0')}YB` };
  });
  return { ...rest, total: count, findings: rows };
}
