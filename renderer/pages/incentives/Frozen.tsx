import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import type { Plans } from '../../stores/incentives.ts';
import { useTexts } from '../../stores/session.ts';

/** Incentive bills that the vendor holds back, and why. */
export function Frozen({ frozen }: { readonly frozen: Plans['frozen'] }) {
  const t = useTexts().incentives.frozen;
  return (
    <Section title={t.title}>
      {frozen.length === 0 ? (
        <p className="pad quiet">{t.none}</p>
      ) : (
        <table className="table" aria-label={t.title}>
          <thead>
            <tr>
              <th>{t.bill}</th>
              <th className="number">{t.amount}</th>
              <th className="number">{t.pending}</th>
            </tr>
          </thead>
          <tbody>
            {frozen.map((f) => (
              <tr key={`${f.billId} ${f.name}`}>
                <td className="plan-name">
                  {[f.billId, f.name].filter(Boolean).join(' ')}
                  <div className="quiet">{f.reason}</div>
                </td>
                <td className="number">
                  <Money amount={f.amount} />
                </td>
                <td className="number">{f.pending === undefined ? '–' : <Money amount={f.pending} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
