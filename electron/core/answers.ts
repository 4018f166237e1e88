import type { SkippedBridge, Bridge, Pair } from './bridge.ts';
import type { CheckCode, Severity } from './checks.ts';
import { counted, displayCount } from './display-count.ts';
import type { Text } from './finding.ts';
import { displayMoney, type Money } from './money.ts';

export type Question = 'bill' | 'performance' | 'incentive' | 'paid';
export type AnswerState = 'ok' | 'open' | 'incomplete' | 'unknown';

export interface Answer {
  readonly question: Question;
  readonly state: AnswerState;
  /**
   * The statement's amount, and what it is held against: performance and incentive against what they should be by our account (stated less
   * what their bridge leaves unexplained), payment requests against the invoices tied to them. For the bill it is the difference itself, stated −
   * expected: it is known in customer amount, the bill in amount due, and the two must not be added.
   */
  readonly amount?: Money;
  readonly against?: Money;
  readonly open: number;
  readonly openAmount: Money;
  readonly text: Text;
}

interface Basis {
  /** The pairs behind the answer; the first one heads it. */
  readonly pairs: readonly Pair[];
  /** The statement's amount and what it is held against, from the first pair's bridge. */
  readonly amounts: (bridge: Bridge) => { amount: Money; against: Money };
  readonly prefixes: readonly string[];
  /** Its findings are of different comparisons, whose amounts mean nothing added up: what those of a code or prefix are of. The first that fits names them. */
  readonly apart: readonly (readonly [prefix: string, name: Text])[];
  readonly name: Text;
}

const leftAgainstRight = (b: Bridge) => ({ amount: b.left.total, against: b.right.total });
const leftAgainstDifference = (b: Bridge) => ({ amount: b.left.total, against: -b.unexplained });
const rightAgainstExpected = (b: Bridge) => ({ amount: b.right.total, against: b.right.total - b.unexplained });

const attribution: Text = { zh: '归属', en: 'attribution' };

/** What each of the four questions of the month rests on (handbook: product). */
export const questions: Record<Question, Basis> = {
  bill: {
    pairs: ['bill-consumption', 'bill-total-lines', 'bill-account'],
    amounts: leftAgainstDifference,
    prefixes: ['bill.', 'account.', 'consumption.'],
    apart: [
      ['bill.total', { zh: '总额', en: 'total' }],
      ['bill.', { zh: '与消费', en: 'consumption' }],
      ['account.', { zh: '账户扣款', en: 'account' }],
      ['consumption.', { zh: '消费汇总', en: 'summary' }],
    ],
    name: { zh: '账单', en: 'The bill' },
  },
  performance: {
    pairs: ['consumption-performance', 'performance-summary'],
    amounts: rightAgainstExpected,
    prefixes: ['performance.'],
    apart: [
      ['performance.summary', { zh: '汇总', en: 'summary' }],
      ['performance.changed', { zh: '与上一版', en: 'version before' }],
      ['performance.manager', attribution],
      ['performance.reseller', attribution],
      ['performance.new-customer', attribution],
      ['performance.', { zh: '与消费', en: 'consumption' }],
    ],
    name: { zh: '业绩', en: 'Performance' },
  },
  incentive: {
    pairs: ['performance-incentive', 'incentive-summary'],
    amounts: rightAgainstExpected,
    prefixes: ['incentive.'],
    apart: [
      ['incentive.summary', { zh: '汇总', en: 'summary' }],
      ['incentive.tax', { zh: '税率换算', en: 'tax' }],
      ['incentive.frozen', { zh: '冻结', en: 'frozen' }],
      ['incentive.deadline', { zh: '期限', en: 'deadline' }],
      ['incentive.', { zh: '与业绩', en: 'performance' }],
    ],
    name: { zh: '激励', en: 'The incentive' },
  },
  paid: {
    pairs: ['request-invoices'],
    amounts: leftAgainstRight,
    prefixes: ['invoice.', 'payment.'],
    apart: [
      ['invoice.', { zh: '发票', en: 'invoices' }],
      ['payment.', { zh: '收款', en: 'payments' }],
    ],
    name: { zh: '开票', en: 'Invoicing' },
  },
};

export interface OpenFindings {
  readonly count: number;
  readonly difference: Money;
  readonly severity: Severity;
}

/** The four answers from a run's bridges and the findings still open. ok only where every bridge behind it ran and nothing is open. */
export function answerQuestions(bridges: readonly (Bridge | SkippedBridge)[], open: ReadonlyMap<CheckCode, OpenFindings>): Answer[] {
  return (Object.keys(questions) as Question[]).map((question) => answer(question, bridges, open));
}

function answer(question: Question, bridges: readonly (Bridge | SkippedBridge)[], open: ReadonlyMap<CheckCode, OpenFindings>): Answer {
  const basis = questions[question];
  const mine = basis.pairs.map((p) => bridges.find((b) => b.pair === p));
  const head = mine[0];
  let count = 0;
  let openAmount = 0n;
  const found = [...open].filter(([code]) => basis.prefixes.some((p) => code.startsWith(p)));
  for (const [, { count: n, difference }] of found) {
    count += n;
    openAmount += difference;
  }
  const missing = [...new Set(mine.flatMap((b) => (b && 'missing' in b ? b.missing : [])))];
  const built = head && 'left' in head ? head : undefined;
  const waiting = built?.steps.find((x) => x.step === 'not-invoiced-yet')?.amount ?? 0n;
  const state: AnswerState = !head ? 'unknown' : count > 0 ? 'open' : missing.length > 0 || waiting !== 0n ? 'incomplete' : 'ok';
  const text = state === 'incomplete' && waiting !== 0n ? notInvoiced(-waiting) : sentence(basis.name, state, count, amounts(basis, found));
  return { question, state, ...(built && basis.amounts(built)), open: count, openAmount, text };
}

const notInvoiced = (amount: Money): Text => ({
  zh: `还有 ${displayMoney(amount)} 元的申付单没有登记发票。`,
  en: `Requests of ${displayMoney(amount)} yuan have no invoice yet.`,
});

/** What the open findings come to, apart for each comparison that they are of. */
function amounts({ apart }: Basis, found: readonly (readonly [CheckCode, OpenFindings])[]): Text {
  const names = new Set(apart.map(([, name]) => name));
  const parts = [...names].flatMap((name) => {
    const mine = found.filter(([code]) => apart.find(([first]) => code.startsWith(first))?.[1] === name).map(([, of]) => of);
    if (mine.length === 0) return [];
    const count = displayCount(mine.reduce((sum, of) => sum + of.count, 0));
    const sum = displayMoney(mine.reduce((total, of) => total + of.difference, 0n));
    return [{ zh: `${name.zh} ${count} 条 ${sum} 元`, en: `${name.en} ${count} (${sum})` }];
  });
  return { zh: `：${parts.map((p) => p.zh).join('，')}`, en: `: ${parts.map((p) => p.en).join(', ')}` };
}

function sentence(name: Text, state: AnswerState, count: number, amount: Text): Text {
  switch (state) {
    case 'ok':
      return { zh: `${name.zh}每一元都已解释，没有未处理的差异。`, en: `${name.en}: every yuan is explained, nothing is open.` };
    case 'open':
      return {
        zh: `${name.zh}有 ${displayCount(count)} 条差异未处理${amount.zh}。`,
        en: `${name.en}: ${counted(count, 'finding is', 'findings are')} open${amount.en}.`,
      };
    case 'incomplete':
      return {
        zh: `${name.zh}已核对的部分没有差异，但文件不全。`,
        en: `${name.en}: nothing open in what was checked, but files are missing.`,
      };
    case 'unknown':
      return { zh: `${name.zh}还没有核对。`, en: `${name.en}: not checked yet.` };
  }
}
