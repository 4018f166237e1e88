import type { Text } from '../finding.ts';
import type { AmountVerdict, PaidRequest } from '../judging/payments.ts';
import { absolute, displayMoney } from '../money.ts';
import { counted } from '../display-count.ts';

const sums = (count: number, zh: string, en: string): Text => ({
  zh: `${count} 笔${zh}`,
  en: counted(count, `${en} adds`, `${en}s add`),
});

/** Why the money received is wrong. */
export function amountReason({ request, progress }: PaidRequest, { expected, stated }: AmountVerdict): Text {
  const [due, got, size] = [expected, stated, absolute(stated - expected)].map(displayMoney);
  const many = sums(progress.payments.length, '到账', 'payment');
  const more = stated > expected;
  return {
    zh: `申付单 ${request.requestId} 申付 ${due}，${many.zh}合计 ${got}，${more ? '多' : '少'}到 ${size}。`,
    en: `Request ${request.requestId} is ${due}; ${many.en} up to ${got}: ${size} too ${more ? 'much' : 'little'}.`,
  };
}

/** Why it is late: received when, promised when, how much was there by then. */
export function lateReason({ request, progress, promise = '' }: PaidRequest, late: AmountVerdict & { readonly on?: string }): Text {
  const [due, got] = [late.expected, late.stated].map(displayMoney);
  const { receivedOn = '' } = progress;
  const basis = {
    zh: `申付单 ${request.requestId} 的合格发票 ${receivedOn} 签收，应在 ${promise} 前（含当日）付款`,
    en: `The invoices of request ${request.requestId} were received on ${receivedOn}, payment was promised by ${promise}`,
  };
  if (progress.payments.length === 0)
    return { zh: `${basis.zh}，至今没有到账，应到 ${due}。`, en: `${basis.en}; nothing came yet of ${due}.` };
  const day = late.on ?? progress.payments.at(-1)!.on;
  return {
    zh: `${basis.zh}，到期时到账 ${got}，其余于 ${day} 前到账，共 ${due}。`,
    en: `${basis.en}; ${got} had come by then, ${due} in all by ${day}.`,
  };
}
