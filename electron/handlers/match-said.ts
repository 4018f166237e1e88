import { closedMonth } from '../../db/closings.ts';
import { getFinding } from '../../db/findings.ts';
import { activeMatches, keysToday, needed } from '../../db/manual-matches.ts';
import type { ReadDb } from '../../db/open.ts';
import { listMonths } from '../../db/runs.ts';
import {
  keyFor,
  keyOfFinding,
  keyText,
  matchPairs,
  overlaps,
  pairOfCheck,
  sortKeys,
  type MatchAction,
  type MatchKey,
  type MatchPair,
} from '../core/manual-match.ts';
import type { Decoded } from '../contract.ts';
import { AppError, MonthClosed, MonthEmpty } from '../errors.ts';

type Said = Pick<Decoded<'match.join'>, 'billingCycle' | 'pair' | 'keys' | 'findings'>;

/** A match as it can be stored: which rows, proven to be there and in no other match. */
export interface CheckedMatch {
  readonly cycle: string;
  readonly pair: MatchPair;
  readonly action: MatchAction;
  readonly keys: readonly MatchKey[];
}

/** Checks what a person wants to join or split; throws AppError with what is wrong and what to do. */
export function checkedMatch(db: ReadDb, action: MatchAction, said: Said): CheckedMatch {
  const { billingCycle: cycle } = said;
  refuseClosed(db, cycle);
  if (!listMonths(db).includes(cycle)) throw new MonthEmpty(cycle);
  const { pair, keys } = namedRows(db, said);
  const unique = sortKeys([...new Map(keys.map((k) => keyFor(pair, k)).map((k) => [keyText(k), k])).values()]);
  if (unique.length < needed[action]) throw tooFew(action);
  const unknown = unique.filter((key) => keysToday(db, cycle, pair, [key]).length === 0);
  if (unknown.length > 0) throw keysUnknown(cycle, unknown);
  refuseTaken(db, cycle, pair, unique);
  return { cycle, pair, action, keys: unique };
}

/** A closed month's matches stand as its result does. */
export function refuseClosed(db: ReadDb, cycle: string): void {
  if (closedMonth(db, cycle)) throw new MonthClosed([cycle], { zh: '人工核对不再改动', en: 'and what was matched by hand stays as it is' });
}

function namedRows(db: ReadDb, { billingCycle, pair, keys, findings }: Said): { pair: MatchPair; keys: MatchKey[] } {
  const found = findings.map((key) => ofFinding(db, billingCycle, key));
  const pairs = new Set([...(pair ? [pair] : []), ...found.map((f) => f.pair)]);
  const [only] = pairs;
  if (only === undefined || pairs.size > 1) {
    throw new AppError('match.pair', {
      zh: only ? '选中的差异属于不同的两张表，只能合并同一对表的差异。' : `请说明是哪一对表：${matchPairs.join('、')}。`,
      en: only
        ? 'These findings belong to different pairs of statements: join those of one pair.'
        : `Say which pair of statements: ${matchPairs.join(', ')}.`,
    });
  }
  return { pair: only, keys: [...keys, ...found.map((f) => f.key)] };
}

function ofFinding(db: ReadDb, cycle: string, findingKey: string): { pair: MatchPair; key: MatchKey } {
  const finding = getFinding(db, findingKey);
  if (!finding) throw unknownFinding(findingKey);
  const key = keyOfFinding(finding);
  const pair = pairOfCheck(finding.code);
  if (finding.cycle === cycle && pair && key) return { pair, key };
  throw new AppError('match.finding', {
    zh: `差异 ${findingKey} 不能人工合并或拆开：只有 ${cycle} 的“账单与消费”“消费汇总与明细”“消费与业绩”“业绩与激励”“账单与收支明细”“收支明细与调账记录”中有订单、产品、业绩ID或流水号的差异可以。`,
    en: `The finding ${findingKey} cannot be joined or split: only those of bill and consumption, of the consumption summary and its details, of consumption and performance, of performance and incentive, of bill and account, and of account and adjustments that have an order, a product, a 业绩ID or a flow id, in ${cycle}.`,
  });
}

export const unknownFinding = (key: string): AppError =>
  new AppError('finding.unknown', { zh: `没有这条差异：${key}。请刷新后再试。`, en: `No such finding: ${key}. Refresh and try again.` });

const tooFew = (action: MatchAction): AppError =>
  new AppError(
    'match.keys',
    action === 'join'
      ? { zh: '合并核对至少需要两组不同的订单或产品。', en: 'Joining needs at least two different orders or products.' }
      : { zh: '请给出要拆开的订单或产品。', en: 'Name the order or product that is to be judged apart.' },
  );

function keysUnknown(cycle: string, unknown: readonly MatchKey[]): AppError {
  const list = unknown.map(keyText).join(', ');
  return new AppError(
    'match.key-unknown',
    {
      zh: `${cycle} 的这两张表里没有：${list}。请检查客户ID和订单号（写法：客户ID|订单号，或 客户ID|产品|计费模式|账单类型；业绩与激励：客户ID|订单号，或 业绩ID；账单与收支明细：客户ID|订单号，或流水号；收支明细与调账记录：流水号）。`,
      en: `Neither statement of ${cycle} has: ${list}. Check customer id and trade id (written customer|trade id, or customer|product|mode|class; of performance and incentive: customer|trade id, or a 业绩ID; of bill and account: customer|trade id, or a flow id; of account and adjustments: a flow id).`,
    },
    { keys: unknown },
  );
}

/** A key can be in one match only: two would contradict each other. */
function refuseTaken(db: ReadDb, cycle: string, pair: MatchPair, keys: readonly MatchKey[]): void {
  for (const match of activeMatches(db, cycle, pair)) {
    const held = [...match.keys, ...keysToday(db, cycle, pair, match.keys)];
    const taken = keys.find((key) => [key, ...keysToday(db, cycle, pair, [key])].some((k) => held.some((other) => overlaps(k, other))));
    if (!taken) continue;
    throw new AppError(
      'match.taken',
      {
        zh: `${keyText(taken)} 已在人工核对 #${match.id}（${match.action === 'join' ? '合并' : '拆开'}，理由：${match.reason}）里，请先撤销它。`,
        en: `${keyText(taken)} is part of match #${match.id} already (${match.action}, reason: ${match.reason}): undo that one first.`,
      },
      { id: Number(match.id) },
    );
  }
}
