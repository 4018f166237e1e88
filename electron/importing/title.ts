import type { SheetRow } from './cells.ts';
import { readMonth, readTime } from './values/time.ts';

/** What the rows above the header, or a name, say about a whole sheet. */
export interface Title {
  readonly exportedAt: string | undefined;
  readonly cycle: string | undefined;
  readonly status: string | undefined;
  readonly account: 'recharge' | 'credit' | undefined;
}

const statuses: readonly (readonly [RegExp, string])[] = [
  [/预估/, 'estimated'],
  [/初稿/, 'draft'],
  [/公示(?!前|后|结束|完)/, 'publicNotice'],
  [/终稿/, 'final'],
  [/待确认/, 'awaitingConfirmation'],
  [/发放中/, 'issuing'],
  [/发放成功|已发放/, 'issued'],
];
const exported =
  /(?:导出|生成|下载|制表|数据更新|export(?:ed)?|generated)\s*(?:时间|日期|于|at|time|date|on)?\s*[:：]?\s*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]*\d{1,2}:\d{2}(?::\d{2})?)?(?:\.\d+)?(?:\s*(?:Z|(?:GMT|UTC)?[+-]\d{1,2}:?\d{2}))?)/i;
const cycleLabel = /(?:账期|对账期次|消费月份|月份|billing\s*cycle)\s*[:：]?\s*(\d{4}\s*[-/.年]?\s*\d{1,2}(?!\d)\s*月?)/i;

/** Reads the title rows: export time, month, status and account. */
export function readTitle(rows: readonly SheetRow[]): Title {
  const lines = rows.map((row) => row.texts.filter((t) => t.trim() !== '').join(' '));
  const all = lines.join('\n').normalize('NFKC');
  const time = exported.exec(all)?.[1];
  const cycle = cycleLabel.exec(all)?.[1];
  return {
    exportedAt: time === undefined ? undefined : asText(readTime(time, 1)),
    cycle: cycle === undefined ? undefined : asText(readMonth(cycle.replace(/\s+/g, ''), 1)),
    status: statusIn(all),
    account: accountIn(all),
  };
}

/** Reads a sheet's or file's name. */
export function readName(name: string): Title {
  const text = name.normalize('NFKC');
  return { exportedAt: undefined, cycle: cycleIn(text), status: statusIn(text), account: accountIn(text) };
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The status named; undefined where several are. */
function statusIn(text: string): string | undefined {
  const found = statuses.filter(([pattern]) => pattern.test(text));
  return found.length === 1 ? found[0]![1] : undefined;
}

function accountIn(text: string): 'recharge' | 'credit' | undefined {
  const recharge = /充值|recharge/i.test(text);
  const credit = /信用|credit/i.test(text);
  return recharge === credit ? undefined : recharge ? 'recharge' : 'credit';
}

/** The one month in a name ("2025年9月", "202509", "2025-09"); a full date is no month; undefined where two months are named. */
function cycleIn(name: string): string | undefined {
  const found = new Set<string>();
  const whole = name.replace(/(?<!\d)20\d{2}([-_.]?)(?:0[1-9]|1[0-2])\1(?:[0-2]\d|3[01])(?:[-_T ]?\d{4,6})?(?!\d)/g, '#');
  for (const m of whole.matchAll(/(?<!\d)(20\d{2})(?:[-_.年]\s?(1[0-2]|0?[1-9])(?:月)?|(0[1-9]|1[0-2]))(?!\d)/g)) {
    found.add(`${m[1]}-${(m[2] ?? m[3])!.padStart(2, '0')}`);
  }
  return found.size === 1 ? [...found][0] : undefined;
}
