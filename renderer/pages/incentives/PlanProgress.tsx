import { isZero } from '../../components/amounts.ts';
import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import type { PlanProgress as Progress } from '../../stores/incentives.ts';
import { useTexts } from '../../stores/session.ts';

/** The indicator of every tier plan month by month of its period, the tiers, and what is missing to the next. */
export function PlanProgress({ plans }: { readonly plans: readonly Progress[] }) {
  const t = useTexts();
  if (plans.length === 0) return null;
  return (
    <Section title={t.incentives.progress.title} hint={t.incentives.progress.hint}>
      {plans.map((plan) => (
        <One key={plan.plan} plan={plan} />
      ))}
    </Section>
  );
}

function One({ plan }: { readonly plan: Progress }) {
  const t = useTexts();
  const p = t.incentives.progress;
  const reached = plan.tiers.filter((tier) => tier.reached).length;
  return (
    <div className="pad">
      <h3 className="plan-name">{plan.plan}</h3>
      <table className="table" aria-label={plan.plan}>
        <tbody>
          {plan.months.map((m) => (
            <tr key={m.billingCycle}>
              <td>{m.billingCycle}</td>
              <td className="number">
                {m.amount === undefined ? <span className="quiet">{p.notImported}</span> : <Money amount={m.amount} />}
              </td>
            </tr>
          ))}
          {plan.months.length > 1 && (
            <tr>
              <th>{p.counted}</th>
              <td className="number">
                <Money amount={plan.counted} />
              </td>
            </tr>
          )}
          {plan.given !== undefined && (
            <tr>
              <th>{p.given}</th>
              <td className="number">
                <Money amount={plan.given} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
      <p className="tiers">
        {plan.tiers.map((tier, i) => (
          <StateTag key={tier.threshold} tone={i === reached - 1 ? 'good' : tier.reached ? 'plain' : 'quiet'}>
            {plan.beyond ? p.beyond : p.from} <Money amount={tier.threshold} /> {tier.rate}
          </StateTag>
        ))}
      </p>
      {plan.missing !== undefined && (
        <p className="quiet">
          {isZero(plan.missing) ? (
            p.atThreshold
          ) : (
            <>
              {p.missing} <Money amount={plan.missing} />
            </>
          )}
        </p>
      )}
    </div>
  );
}
