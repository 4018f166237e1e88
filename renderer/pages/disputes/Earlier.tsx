import type { Dispute } from '../../stores/disputes.ts';
import { useTexts } from '../../stores/session.ts';

/** The sendings before the one in the form, each with what was answered to it. */
export function Earlier({ earlier }: { readonly earlier: NonNullable<Dispute['earlier']> }) {
  const t = useTexts();
  return (
    <>
      <h3>{t.disputes.earlier}</h3>
      <ol className="earlier-sendings" aria-label={t.disputes.earlier}>
        {earlier.map((s, i) => (
          <li key={`${i} ${s.sentOn}`}>
            {t.disputes.sent(s.sentOn, s.sentBy)}
            <br />
            <span className={s.answer === undefined && s.answeredOn === undefined ? 'quiet' : ''}>
              {t.disputes.answered(s.answeredOn, s.answer)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
