import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { isZero, shown } from '../../components/amounts.ts';
import type { Basis } from '../../stores/incentives.ts';
import { go, useTexts } from '../../stores/session.ts';

/** The month's payment requests by their incentive bills: the tax step written out, and whether the amount is right. */
export function TaxTable({ bases }: { readonly bases: readonly Basis[] }) {
  const t = useTexts();
  const words = t.invoices.basis;
  return (
    <Section title={t.incentives.tax.title}>
      {bases.length === 0 ? (
        <p className="pad quiet">{t.incentives.tax.none}</p>
      ) : (
        <ul className="tax-steps">
          {bases.map((b) => (
            <li key={b.requestId}>
              <button type="button" className="linkish" onClick={() => go('invoices')}>
                {b.requestId}
              </button>{' '}
              <Money amount={b.amount} />{' '}
              {b.incentive === undefined || b.expected === undefined || b.difference === undefined ? (
                <span className="quiet">{b.bills.length === 0 ? words.noBills : words.noRates}</span>
              ) : (
                <>
                  <StateTag tone={isZero(b.difference) ? 'good' : 'attention'}>
                    {isZero(b.difference) ? words.agrees : words.differs(shown(b.difference))}
                  </StateTag>
                  <div className="quiet money tax-step">
                    {shown(b.incentive)} ÷ (1 + {b.productTaxRate}) × (1 + {b.taxRate}) = {shown(b.expected)}
                  </div>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
