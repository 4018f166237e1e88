import type { Input, Output } from '../../contract.ts';
import { basisDocument, basisLine, requestDocument } from './request-lines.ts';
import { checkedCycle, textOption, usageError, type Session } from './session.ts';

type Request = Output<'requests.list'>['requests'][number];
type Body = Input<'requests.save'>;
/** Fields of a request that are typed as one text each. */
export type RequestField = Exclude<keyof Body, 'requestId' | 'incentiveBillIds'>;

/** The option that types each field. */
const options: Readonly<Record<string, RequestField>> = {
  cycle: 'billingCycle',
  amount: 'amount',
  'tax-rate': 'taxRate',
  'product-tax-rate': 'productTaxRate',
  currency: 'currency',
  applied: 'appliedAt',
  payout: 'payoutMode',
  status: 'status',
  buyer: 'buyerName',
  'buyer-tax-number': 'buyerTaxNumber',
  address: 'mailingAddress',
  recipient: 'recipient',
  phone: 'recipientPhone',
  mailbox: 'mailbox',
};
export const typeOptions = Object.fromEntries([...Object.keys(options), 'bills'].map((name) => [name, { type: 'string' as const }]));

/** `request type ID …`: types a request in, or over what is known of it; what is not given stays. */
export async function typeRequest(session: Session): Promise<number> {
  const requestId = requestArgument(session);
  const changes = Object.fromEntries(
    Object.entries(options).flatMap(([option, field]) => {
      const value = textOption(session, option);
      return value === undefined ? [] : [[field, field === 'billingCycle' ? checkedCycle(value) : value] as const];
    }),
  ) as Partial<Record<RequestField, string>>;
  const bills = textOption(session, 'bills');
  if (Object.keys(changes).length === 0 && bills === undefined) {
    throw usageError('没有给出要录入的内容，如 --amount', 'Nothing to type was given, e.g. --amount');
  }
  const known = await knownRequest(session, requestId);
  if (!known && (changes.billingCycle === undefined || changes.amount === undefined)) {
    throw usageError(
      `申付单 ${requestId} 还没有：新录入时要给出 --cycle 和 --amount`,
      `Request ${requestId} is not known: to type it in, give --cycle and --amount`,
    );
  }
  const request = await saveChanges(session, { requestId, ...known }, changes, bills?.split(/[;；,，\s]+/).filter(Boolean));
  const { basis } = await session.call('requests.basis', { requestId });
  const checked = request.incentiveBillIds.length > 0;
  session.print({ request: { ...requestDocument(request, session), ...(checked && { basis: basisDocument(basis) }) } }, () => [
    session.say({ zh: `已保存申付单 ${requestId}`, en: `Request ${requestId} is saved` }),
    ...(checked ? [`  ${basisLine(basis, session)}`] : []),
    ...request.problems.map((problem) => `  ${session.say({ zh: '注意', en: 'note' })}  ${session.say(problem)}`),
  ]);
  return 0;
}

/** The only argument: a request's id. */
export function requestArgument(session: Session): string {
  const [requestId, extra] = session.args;
  if (requestId === undefined) throw usageError('缺少申付单号', 'Missing: the payment request');
  if (extra !== undefined) throw usageError(`多出的参数“${extra}”`, `Unexpected argument "${extra}"`);
  return requestId;
}

export async function knownRequest(session: Session, requestId: string): Promise<Request | undefined> {
  return (await session.call('requests.list', {})).requests.find((one) => one.requestId === requestId);
}

/** Saves a request with some fields changed. */
export async function saveChanges(
  session: Session,
  known: Partial<Request> & { readonly requestId: string },
  changes: Partial<Record<RequestField, string>>,
  bills: readonly string[] | undefined,
): Promise<Request> {
  const kept = Object.fromEntries(Object.values(options).flatMap((field) => (known[field] === undefined ? [] : [[field, known[field]]])));
  const body = { requestId: known.requestId, ...kept, ...changes, incentiveBillIds: [...(bills ?? known.incentiveBillIds ?? [])] };
  return (await session.call('requests.save', body as Body)).request;
}
