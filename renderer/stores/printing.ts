import { call } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { invoices, loadRequests } from './invoices.ts';

export type PrintOptions = Pick<Input<'invoices.print'>, 'language' | 'emptyNumbers' | 'accompaniesVendorList'>;
export type Purpose = 'preview' | 'print' | 'save';
type Made = Output<'invoices.print'>;

/** The last logged list of this window, what it was made of, and whether it went to the printer yet. */
let last: (Made & { readonly of: string; printed: boolean }) | undefined;

/** The ticked requests in the list's order, or the one in view where none is ticked. */
export function requestsToPrint(): string[] {
  const { requests, ticked, openId } = invoices.getState();
  const inOrder = requests.value?.map((r) => r.requestId).filter((id) => ticked.has(id)) ?? [];
  return inOrder.length > 0 ? inOrder : openId === undefined ? [] : [openId];
}

const company = ['sellerName', 'sellerTaxNumber', 'financeContact', 'financePhone'] as const;
export type Company = Record<(typeof company)[number], string>;

/** The company profile as it stands in the settings; empty strings where it was never filled in. */
export const companyOf = (settings: readonly { readonly key: string; readonly value: string }[]): Company =>
  Object.fromEntries(company.map((key) => [key, settings.find((s) => s.key === key)?.value ?? ''])) as Company;
export const readCompany = async (): Promise<Company> => companyOf((await call('settings.get', {})).settings);
/** A list without the seller's name and tax number comes back. */
export const lacksCompany = (profile: Company): boolean => profile.sellerName === '' || profile.sellerTaxNumber === '';

/**
 * The PDF of the requests. Saving and printing the same unchanged list is one logged print; sending it to the printer once more is a reprint.
 * Throws CallFailed where the app refuses the list.
 */
export async function makeList(requestIds: string[], options: PrintOptions, purpose: Purpose): Promise<Made> {
  if (purpose === 'preview') return call('invoices.print', { requestIds, ...options, preview: true });
  await loadRequests();
  const of = JSON.stringify([requestIds, options, await readCompany(), contentOf(requestIds)]);
  if (last?.of !== of || (purpose === 'print' && last.printed)) {
    last = { ...(await call('invoices.print', { requestIds, ...options })), of, printed: false };
    void loadRequests();
  }
  if (purpose === 'print') last.printed = true;
  return { token: last.token, name: last.name };
}

/** Everything of the requests that the paper shows. */
const contentOf = (requestIds: readonly string[]) =>
  requestIds.map((id) => ({ ...invoices.getState().requests.value?.find((r) => r.requestId === id), printedTimes: 0 }));
