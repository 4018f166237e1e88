import type { SkippedBridge, Bridge, Pair } from './bridge.ts';
import type { CheckCode, Severity } from './checks.ts';
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
  readonly name: Text;
}

const leftAgainstRight = (b: Bridge) => ({ amount: b.left.total, against: b.right.total });
const leftAgainstDifference = (b: Bridge) => ({ amount: b.left.total, against: -b.unexplained });
const rightAgainstExpected = (b: Bridge) => ({ amount: b.right.total, against: b.right.total - b.unexplained });

/** What each of the four questions of the month rests on (handbook: product). */
export const questions: Record<Question, Basis> = {
  bill: {
    pairs: ['bill-consumption', 'bill-total-lines', 'bill-account'],
    amounts: leftAgainstDifference,
    prefixes: ['bill.', 'account.', 'consumption.'],
    name: { zh: '账单', en: 'The bill' },
  },
  performance: {
    pairs: ['consumption-performance', 'performance-summary'],
    amounts: rightAgainstExpected,
    prefixes: ['performance.'],
    name: { zh: '业绩', en: 'Performance' },
  },
  incentive: {
    pairs: ['performance-incentive', 'incentive-summary'],
    amounts: rightAgainstExpected,
    prefixes: ['incentive.'],
    name: { zh: '激励', en: 'The incentive' },
  },
  paid: {
    pairs: ['request-invoices'],
    amounts: leftAgainstRight,
    prefixes: ['invoice.', 'payment.'],
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
  for (const [code, found] of open) {
    if (!basis.prefixes.some((p) => code.startsWith(p))) continue;
    count += found.count;
    openAmount += found.difference;
  }
  const missing = [...new Set(mine.flatMap((b) => (b && 'missing' in b ? b.missing : [])))];
  const built = head && 'left' in head ? head : undefined;
  const waiting = built?.steps.find((x) => x.step === 'not-invoiced-yet')?.amount ?? 0n;
  const state: AnswerState = !head ? 'unknown' : count > 0 ? 'open' : missing.length > 0 || waiting !== 0n ? 'incomplete' : 'ok';
  const text = state === 'incomplete' && waiting !== 0n ? notInvoiced(-waiting) : sentence(basis.name, state, count, openAmount);
  return { question, state, ...(built && basis.amounts(built)), open: count, openAmount, text };
}

const notInvoiced = (amount: Money): Text => ({
  zh: `还有 ${displayMoney(amount)} 元的申付单没有登记发票。`,
  en: `Requests of ${displayMoney(amount)} yuan have no invoice yet.`,
});

function sentence(name: Text, state: AnswerState, count: number, openAmount: Money): Text {
  switch (state) {
    case 'ok':
      return { zh: `${name.zh}每一元都已解释，没有未处理的差异。`, en: `${name.en}: every yuan is explained, nothing is open.` };
    case 'open':
      return {
        zh: `${name.zh}有 ${count} 条差异未处理，差额合计 ${displayMoney(openAmount)} 元。`,
        en: `${name.en}: ${count} findings are open, ${displayMoney(openAmount)} yuan in all.`,
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
