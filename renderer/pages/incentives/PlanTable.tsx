import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { isZero, money } from '../../components/amounts.ts';
import { formatMoney } from '../../../electron/core/money.ts';
import { askCustomers, useCustomers, type Share } from '../../stores/incentives.ts';
import { go, useTexts } from '../../stores/session.ts';

const sumOf = (shares: readonly Share[], key: 'computed' | 'stated' | 'difference') =>
  formatMoney(shares.reduce((sum, s) => sum + money(s[key]), 0n));

/** Computed beside stated, plan by plan and rate by rate: base, base × rate, what rounding made of it. A plan chooses its customers below. */
export function PlanTable({ shares }: { readonly shares: readonly Share[] }) {
  const t = useTexts();
  const c = t.incentives.columns;
  const paid = shares.filter((s) => s.way !== 'next-month');
  return (
    <Section
      title={t.incentives.title}
      hint={t.incentives.hint}
      className="incentive-plans"
      extra={
        <button type="button" className="linkish" onClick={() => go('reconcile', { params: { pair: 'performance-incentive' } })}>
          {t.incentives.toBridge}
        </button>
      }
    >
      <div className="scroll">
        <table className="table" aria-label={t.incentives.title}>
          <thead>
            <tr>
              <th>{c.plan}</th>
              <th>{c.way}</th>
              <th className="number">{c.rate}</th>
              {(['base', 'exact', 'rounding', 'computed', 'stated', 'difference'] as const).map((k) => (
                <th key={k} className="number">
                  {c[k]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shares.map((s, i) => (
              <Row key={`${s.plan} ${s.way} ${s.rate}`} share={s} first={shares[i - 1]?.plan !== s.plan} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th colSpan={6}>{t.incentives.paidTotal}</th>
              {(['computed', 'stated', 'difference'] as const).map((k) => (
                <td key={k} className="number">
                  <Money amount={sumOf(paid, k)} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </Section>
  );
}

function Row({ share: s, first }: { readonly share: Share; readonly first: boolean }) {
  const t = useTexts();
  const chosen = useCustomers((q) => q.question?.plan);
  const name = s.plan === '' ? t.incentives.noPlan : s.plan;
  return (
    <tr className={s.plan === chosen ? 'chosen' : ''}>
      <td className="plan-name">
        {first && (
          <>
            <button
              type="button"
              className="linkish"
              title={t.incentives.ofPlan(name)}
              aria-pressed={s.plan === chosen}
              onClick={() => askCustomers({ plan: s.plan === chosen ? undefined : s.plan })}
            >
              {name}
            </button>{' '}
            {s.method !== 'perRow' && (
              <StateTag tone={s.method === 'tier' ? 'plain' : 'attention'}>{t.incentives.methods[s.method]}</StateTag>
            )}
          </>
        )}
      </td>
      <td className="nowrap">{t.incentives.ways[s.way]}</td>
      <td className="number">{s.rate ?? '–'}</td>
      {(['base', 'exact', 'rounding', 'computed', 'stated'] as const).map((k) => (
        <td key={k} className="number">
          {s[k] === undefined || (k === 'stated' && s.way === 'next-month') ? '–' : <Money amount={s[k]} />}
        </td>
      ))}
      <td className="number">
        {s.way === 'next-month' ? (
          <span className="quiet">–</span>
        ) : isZero(s.difference) ? (
          <StateTag tone="good">{t.incentives.agrees}</StateTag>
        ) : (
          <span className="alarm">
            <Money amount={s.difference} />
          </span>
        )}
      </td>
    </tr>
  );
}
