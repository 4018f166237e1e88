import type { Output } from '../../contract.ts';
import { checks } from '../../core/checks.ts';
import { amountName, pairName } from '../../core/wording/bridges.ts';
import type { Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';

type TriedMonth = Output<'settings.preview'>['months'][number];
/** What differs between two results of one month. */
export type Changes = Pick<TriedMonth, 'new' | 'gone' | 'changed' | 'findings'>;

/** How many changed findings the terminal words; `--json` has up to 200. */
const shownChanges = 20;
const names = {
  new: { zh: '新增', en: 'new' },
  gone: { zh: '消失', en: 'gone' },
  changed: { zh: '变化', en: 'changed' },
} as const;

/** What a change would make of each month: findings, then the bridges' steps. */
export function triedLines(months: readonly TriedMonth[], session: Session): string[] {
  return months.flatMap((month) => [
    `${month.billingCycle}${session.say({ zh: '：', en: ': ' })}${countsLine(month, session)}`,
    ...changeLines(month, session),
    ...alignedLines(
      month.bridges.map((b) => [
        `  ${session.say(pairName(b.pair))}`,
        session.say(amountName(b.pair, b.step)),
        b.before === undefined ? '—' : shownAmount(b.before),
        '→',
        b.after === undefined ? '—' : shownAmount(b.after),
      ]),
      [2, 4],
    ),
  ]);
}

/** "新增 1 条、消失 2 条、变化 0 条". */
export const countsLine = (c: Changes, session: Session): string =>
  session.say({
    zh: `差异新增 ${c.new} 条、消失 ${c.gone} 条、变化 ${c.changed} 条`,
    en: `findings: ${c.new} new, ${c.gone} gone, ${c.changed} changed`,
  });

/** The changed findings one by one, the first of them. */
export function changeLines(changes: Changes, session: Session): string[] {
  const rows = changes.findings
    .slice(0, shownChanges)
    .map((f) => [
      `  ${session.say(names[f.change])}`,
      f.code in checks ? session.say(checks[f.code as keyof typeof checks]) : f.code,
      f.before ? `${shownAmount(f.before.difference)} → ${shownAmount(f.difference)}` : shownAmount(f.difference),
      session.say(f.reason),
    ]);
  const more = changes.new + changes.gone + changes.changed - rows.length;
  return [...alignedLines(rows, [2]), ...(more > 0 ? [session.say({ zh: `  另有 ${more} 条`, en: `  and ${more} more` })] : [])];
}
