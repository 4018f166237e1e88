import type { FieldProblem } from './invoice.ts';
import type { Money } from './money.ts';
import type { Text } from './finding.ts';
import { isDay } from './month.ts';
import { readCents } from './typed-amount.ts';

/**
 * What can be entered of a request after its invoices are there: mailed on paper, sent to the mailbox, received by the vendor (签收), passed or
 * rejected in review, corrected by us, money that came (several payments), money withdrawn from the account with the vendor (提现), taken back
 * by us (撤回).
 */
export const entryKinds = ['mailed', 'sent', 'received', 'passed', 'rejected', 'corrected', 'payment', 'withdrawal', 'recalled'] as const;
export type EntryKind = (typeof entryKinds)[number];

export const entryNames: Readonly<Record<EntryKind, Text>> = {
  mailed: { zh: '寄出', en: 'Mailed' },
  sent: { zh: '发送到邮箱', en: 'Sent to the mailbox' },
  received: { zh: '签收', en: 'Received by the vendor' },
  passed: { zh: '审核通过', en: 'Passed review' },
  rejected: { zh: '驳回', en: 'Rejected' },
  corrected: { zh: '已更正', en: 'Corrected' },
  payment: { zh: '到账', en: 'Payment' },
  withdrawal: { zh: '提现申请', en: 'Withdrawal applied for' },
  recalled: { zh: '撤回', en: 'Taken back' },
};

/** What an entry says; `on` is an ISO date. */
export interface EntryFields {
  readonly kind: EntryKind;
  readonly on: string;
  readonly courier?: string | undefined;
  readonly tracking?: string | undefined;
  /** Of payments (negative where money went back) and withdrawals. */
  readonly amount?: Money | undefined;
  /** Of a payment: told that nothing more will come. */
  readonly complete?: boolean | undefined;
  readonly note?: string | undefined;
}

/** An entry as it is kept. `place` is the id of its first version: entries of one day stand in the order in which they were first typed. */
export interface Entry extends EntryFields {
  readonly id: number;
  readonly place: number;
  readonly requestId: string;
  /** "YYYY-MM-DD HH:MM:SS" in GMT+08:00. */
  readonly typedAt: string;
}

/** An entry as typed: texts. */
export interface TypedEntry {
  readonly kind: EntryKind;
  readonly on: string;
  readonly courier?: string | undefined;
  readonly tracking?: string | undefined;
  readonly amount?: string | undefined;
  readonly complete?: boolean | undefined;
  readonly note?: string | undefined;
}

const applies: Readonly<Record<'courier' | 'tracking' | 'amount' | 'complete', readonly EntryKind[]>> = {
  courier: ['mailed'],
  tracking: ['mailed'],
  amount: ['payment', 'withdrawal'],
  complete: ['payment'],
};

/** Reads a typed entry, or lists everything that refuses it at once. `today` (ISO) is the last date that can be typed. */
export function readTypedEntry(typed: TypedEntry, today: string): EntryFields | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const refuse = (field: string, code: string, zh: string, en: string): void => void problems.push({ field, code, text: { zh, en } });
  const { kind } = typed;
  const name = entryNames[kind];
  if (!isDay(typed.on))
    refuse('on', 'entry.date', `日期“${typed.on}”应写成 2025-10-31 这样`, `The date "${typed.on}" must be written like 2025-10-31`);
  else if (typed.on > today)
    refuse(
      'on',
      'entry.date',
      `${name.zh}日期 ${typed.on} 在今天（${today}）之后，请核对`,
      `${name.en}: ${typed.on} is after today (${today}), check it`,
    );
  for (const [field, kinds] of Object.entries(applies)) {
    const given = typed[field as keyof typeof applies];
    if (given === undefined || given === '' || given === false || kinds.includes(kind)) continue;
    refuse(field, 'entry.field', `“${name.zh}”没有 ${field} 这一项`, `"${name.en}" has no ${field}`);
  }
  const amount = applies.amount.includes(kind) ? readAmount(typed, problems) : undefined;
  const note = given(typed.note);
  if (kind === 'rejected' && note === undefined) refuse('note', 'entry.reason', '驳回要写明原因', 'Say why it was rejected');
  if (problems.length > 0) return { problems };
  return {
    kind,
    on: typed.on,
    courier: given(typed.courier),
    tracking: given(typed.tracking)?.normalize('NFKC').replace(/\s/g, ''),
    amount,
    ...(typed.complete === true && { complete: true }),
    note,
  };
}

const given = (text: string | undefined): string | undefined => text?.trim() || undefined;

function readAmount({ kind, amount = '' }: TypedEntry, problems: FieldProblem[]): Money | undefined {
  const read = readCents(amount);
  const name = entryNames[kind];
  if (read === undefined) {
    const text = {
      zh: `${name.zh}金额“${amount}”不是金额：请写成 1234.56，至多两位小数、不超过一百亿`,
      en: `${name.en}: "${amount}" is no amount; write it as 1234.56, at most two decimals and ten billion`,
    };
    problems.push({ field: 'amount', code: 'entry.amount', text });
  } else if (read === 0n || (kind === 'withdrawal' && read < 0n)) {
    const text = { zh: `${name.zh}金额不能是 ${amount}`, en: `${name.en}: the amount cannot be ${amount}` };
    problems.push({ field: 'amount', code: 'entry.amount', text });
  }
  return read;
}
