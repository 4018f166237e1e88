import type { Text } from './finding.ts';
import { namesRequest } from './invoice-parties.ts';
import type { PaymentRequest } from './invoice.ts';
import { displayMoney, type Money } from './money.ts';

/** A request and Σ of the invoices tied to it so far. */
export interface OpenRequest {
  readonly request: PaymentRequest;
  readonly invoiced: Money;
}

export interface Suggestion {
  readonly requestId: string;
  readonly by: 'remark' | 'amount';
  readonly text: Text;
}

/** Requests that an invoice may belong to: first those that its remark names, then those of which just its total is still open. A person decides. */
export function suggestRequests(
  invoice: { readonly remark?: string; readonly total?: Money },
  requests: readonly OpenRequest[],
): Suggestion[] {
  const { remark = '', total } = invoice;
  const named = requests.filter(({ request }) => namesRequest(remark, request.requestId));
  const fitting = requests.filter(
    (one) => !named.includes(one) && total !== undefined && total !== 0n && one.request.amount - one.invoiced === total,
  );
  return [
    ...named.map(({ request: { requestId } }): Suggestion => {
      const text = { zh: `备注写有申付单号 ${requestId}`, en: `The remark names the request ${requestId}` };
      return { requestId, by: 'remark', text };
    }),
    ...fitting.map(({ request: { requestId } }): Suggestion => {
      const shown = displayMoney(total ?? 0n);
      const text = {
        zh: `申付单 ${requestId} 尚未开票的金额正是 ${shown}`,
        en: `Just ${shown} of request ${requestId} is not invoiced yet`,
      };
      return { requestId, by: 'amount', text };
    }),
  ];
}
