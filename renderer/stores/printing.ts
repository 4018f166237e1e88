import { call } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import type { Language } from '../texts/names.ts';
import { invoices, loadRequests } from './invoices.ts';

export type PrintOptions = Pick<Input<'invoices.print'>, 'language' | 'emptyNumbers' | 'accompaniesVendorList'>;
export type Purpose = 'preview' | 'print' | 'save';
export type Made = Output<'invoices.print'>;
export type LabelSize = NonNullable<Input<'requests.labels'>['size']>;
export interface LabelOptions {
  readonly size: LabelSize;
  readonly language: Language;
}

/** The last logged list and labels of this window, what they were made of, and whether they went to the printer yet. */
const last: { [what in 'list' | 'labels']?: Made & { readonly of: string; printed: boolean } } = {};

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

/** The list of the requests; throws CallFailed where the app refuses it. */
export const makeList = (requestIds: string[], options: PrintOptions, purpose: Purpose): Promise<Made> =>
  make('list', purpose, requestIds, options, (preview) => call('invoices.print', { requestIds, ...options, preview }));

/** Address labels for the requests; throws CallFailed where the app refuses them. */
export const makeLabels = (requestIds: string[], options: LabelOptions, purpose: Purpose): Promise<Made> =>
  make('labels', purpose, requestIds, options, (preview) => call('requests.labels', { requestIds, ...options, preview }));

/** Saving and printing the same unchanged paper is one logged print; sending it to the printer once more is a reprint. A preview is not logged. */
async function make(
  what: 'list' | 'labels',
  purpose: Purpose,
  requestIds: readonly string[],
  options: unknown,
  print: (preview: boolean) => Promise<Made>,
): Promise<Made> {
  if (purpose === 'preview') return print(true);
  await loadRequests();
  const of = JSON.stringify([requestIds, options, await readCompany(), await contentOf(requestIds)]);
  let made = last[what];
  if (made?.of !== of || (purpose === 'print' && made.printed)) {
    made = { ...(await print(false)), of, printed: false };
    last[what] = made;
    void loadRequests();
  }
  if (purpose === 'print') made.printed = true;
  return { token: made.token, name: made.name };
}

/** The person cancelled the print dialog: the same paper printed next is no reprint. */
export function notPrinted(token: string): void {
  for (const made of Object.values(last)) if (made.token === token) made.printed = false;
}

/** Everything of the requests that the paper shows, the parcel with it. */
async function contentOf(requestIds: readonly string[]) {
  const board = await call('requests.board', {});
  return requestIds.map((id) => {
    const { courier, tracking, sentOn } = board.requests.find((r) => r.requestId === id) ?? {};
    const request = invoices.getState().requests.value?.find((r) => r.requestId === id);
    return { ...request, printedTimes: 0, courier, tracking, sentOn };
  });
}
