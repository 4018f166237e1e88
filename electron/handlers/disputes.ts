import { KeptList, pageDisputes, type DisputeSums } from '../../db/finding-pages.ts';
import { getFinding } from '../../db/findings.ts';
import { answeredBeforeSent, markFindings, sentLater, type Marking } from '../../db/mark-findings.ts';
import type { ReadDb } from '../../db/open.ts';
import type { Decoded, Handlers } from '../contract.ts';
import { readDate } from '../core/deadline.ts';
import { formatMoney } from '../core/money.ts';
import { readAmount } from '../core/typed-amount.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { unknownFinding } from './match-said.ts';
import { wireListed } from './wire.ts';

/** What was given to the vendor, and what came back. */
export function disputesHandlers(context: AppContext): Pick<Handlers, 'findings.mark' | 'disputes.page'> {
  const kept = new KeptList<DisputeSums>();
  return {
    'disputes.page': ({ billingCycle: cycle, view, search, ...asked }) => {
      const today = context.now().slice(0, 10);
      const page = pageDisputes(context.db, { cycle, view, search }, { ...asked, today }, kept);
      return {
        today,
        total: page.total,
        amount: formatMoney(page.amount),
        recovered: formatMoney(page.recovered),
        views: page.views.map((v) => ({ ...v, amount: formatMoney(v.amount), recovered: formatMoney(v.recovered) })),
        findings: page.findings.map(wireListed),
        ...(page.at !== undefined && { at: page.at }),
      };
    },
    'findings.mark': async ({ keys, ...said }) => {
      const missing = keys.find((key) => !getFinding(context.db, key));
      if (missing !== undefined) throw unknownFinding(missing);
      const typed = readMarking(said, context.now().slice(0, 10));
      assertOrder(context.db, keys, typed);
      const changed = await context.write((db) => markFindings(db, keys, typed, context.now()));
      context.emit('changed', { areas: ['findings', 'months'] });
      return { changed };
    },
  };
}

/** What was typed, read; sent once more without a day, it was today. */
function readMarking({ sentOn, answeredOn, recovered, ...change }: Omit<Decoded<'findings.mark'>, 'keys'>, today: string): Marking {
  const sent = change.again ? (sentOn ?? today) : sentOn;
  return {
    ...(change.again && { status: 'disputed' }),
    ...change,
    ...(sent !== undefined && { sentOn: readDay(sent, today) }),
    ...(answeredOn !== undefined && { answeredOn: readDay(answeredOn, today) }),
    ...(recovered !== undefined && { recovered: readRecovered(recovered) }),
  };
}

/** No answer comes before it was sent, and no sending before an earlier one. */
function assertOrder(db: ReadDb, keys: readonly string[], typed: Marking): void {
  const later = typed.again && typed.sentOn ? sentLater(db, keys, typed.sentOn) : undefined;
  if (later) {
    throw new AppError('dispute.again-early', {
      zh: `再次反馈的日期 ${typed.sentOn} 早于上一次的 ${later.sentOn}（${later.key}）：请改正日期`,
      en: `It cannot be sent again on ${typed.sentOn}, before ${later.sentOn}, when it was sent last (${later.key}): correct the day`,
    });
  }
  const early = answeredBeforeSent(db, keys, typed);
  if (early) {
    throw new AppError('dispute.answered-early', {
      zh: `答复日期 ${early.answeredOn} 早于反馈日期 ${early.sentOn}（${early.key}）：请改正其中一个`,
      en: `The answer of ${early.answeredOn} is before ${early.sentOn}, when it was sent (${early.key}): correct one of them`,
    });
  }
}

/** A day that has come, as it is typed; null and '' are none. */
function readDay(text: NonNullable<Decoded<'findings.mark'>['sentOn']> | null, today: string): string | null {
  if (text === null || text.trim() === '') return null;
  const date = readDate(text);
  if (date === undefined) {
    throw new AppError('dispute.date', {
      zh: `“${text}”不是日期：请写成 2025-10-09 这样`,
      en: `"${text}" is no date: write it like 2025-10-09`,
    });
  }
  if (date <= today) return date;
  throw new AppError('dispute.date', {
    zh: `${date} 在今天（${today}）之后：请写实际反馈或答复的日期`,
    en: `${date} is after today (${today}): write the day on which it was sent or answered`,
  });
}

function readRecovered(text: string | null): bigint | null {
  if (text === null || text.trim() === '') return null;
  const amount = readAmount(text);
  if (amount !== undefined) return amount;
  throw new AppError('dispute.amount', {
    zh: `“${text}”不是金额：请写成 1,234.56 这样；没有追回请写 0`,
    en: `"${text}" is no amount: write it like 1,234.56; 0 where nothing came back`,
  });
}
