import { Money } from '../../components/Money.tsx';
import { StateTag, type Tone } from '../../components/StateTag.tsx';
import type { Output } from '../../../electron/contract.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { useMonth } from '../../stores/month.ts';

type Answer = Output<'month.answers'>['answers'][number];
const questions = ['bill', 'performance', 'incentive', 'paid'] as const;
const tones: Record<Answer['state'], Tone> = { ok: 'good', open: 'alarm', incomplete: 'attention', unknown: 'quiet' };

/** Where each question is looked into. */
function lookInto(question: Answer['question']): void {
  if (question === 'paid') go('invoices');
  else
    go('reconcile', {
      params: { pair: { bill: 'bill-consumption', performance: 'consumption-performance', incentive: 'performance-incentive' }[question] },
    });
}

/** The four questions of the month, answered in a sentence and two amounts. */
export function Answers() {
  const t = useTexts();
  const answers = useMonth((s) => s.answers.value);
  return (
    <div className="answers" role="group" aria-label={t.month.answers}>
      {questions.map((q) => {
        const found = answers?.answers.find((a) => a.question === q);
        return <AnswerCard key={q} question={q} answer={found} />;
      })}
    </div>
  );
}

function AnswerCard({ question, answer }: { readonly question: Answer['question']; readonly answer: Answer | undefined }) {
  const t = useTexts();
  const language = useLanguage();
  return (
    <button type="button" className="answer" onClick={() => lookInto(question)}>
      <span className="answer-head">
        <b>{t.month.question[question]}</b>
        {answer ? (
          <StateTag tone={tones[answer.state]}>{t.month.answerState[answer.state]}</StateTag>
        ) : (
          <span className="placeholder" style={{ width: 48 }} />
        )}
      </span>
      <span className="answer-line">
        <span>{t.month.answerAmount[question]}</span>
        {answer?.amount === undefined ? <span className="quiet">—</span> : <Money amount={answer.amount} as="lead" />}
      </span>
      <span className="answer-line lesser">
        <span>{t.month.answerAgainst[question]}</span>
        {answer?.against === undefined ? <span className="quiet">—</span> : <Money amount={answer.against} as="lead" />}
      </span>
      <span className="answer-text">{answer?.text[language]}</span>
    </button>
  );
}
