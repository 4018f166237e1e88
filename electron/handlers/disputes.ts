import { KeptList, pageDisputes, type DisputeSums } from '../../db/finding-pages.ts';
import { getFinding } from '../../db/findings.ts';
import { answeredBeforeSent, markFindings } from '../../db/mark-findings.ts';
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
      const { sentOn, answeredOn, recovered, ...change } = said;
      const today = context.now().slice(0, 10);
      const typed = {
        ...change,
        ...(sentOn !== undefined && { sentOn: readDay(sentOn, today) }),
        ...(answeredOn !== undefined && { answeredOn: readDay(answeredOn, today) }),
        ...(recovered !== undefined && { recovered: readRecovered(recovered) }),
      };
      const early = answeredBeforeSent(context.db, keys, typed);
      if (early) {
        throw new AppError('dispute.answered-early', {
          zh: `答复日期 ${early.answeredOn} 早于反馈日期 ${early.sentOn}（${early.key}）：请改正其中一个`,
          en: `The answer of ${early.answeredOn} is before ${early.sentOn}, when it was sent (${early.key}): correct one of them`,
        });
      }
      const changed = await context.write((db) => markFindings(db, keys, typed, context.now()));
      context.emit('changed', { areas: ['findings', 'months'] });
      return { changed };
    },
  };
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
