import { useEffect } from 'react';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { isZero, shown } from '../../components/amounts.ts';
import { watchAfterMailing } from '../../stores/progress.ts';
import { loadBasis, useBasis, type Basis } from '../../stores/request-basis.ts';
import { useTexts } from '../../stores/session.ts';

/** The request's amount beside what its incentive bills come to, with the tax conversion, if any, written out; or why it cannot be compared. */
export function RequestBasis({ requestId }: { readonly requestId: string }) {
  const { value, error } = useBasis();
  useEffect(() => watchAfterMailing(() => loadBasis(requestId)), [requestId]);
  if (error) return <ErrorNotice error={error} onRetry={() => void loadBasis(requestId)} />;
  return value?.requestId === requestId ? <Told basis={value} /> : <p className="pad request-basis" />;
}

function Told({ basis }: { readonly basis: Basis }) {
  const t = useTexts().invoices.basis;
  const { bills, incentive, expected, difference, productTaxRate, taxRate, noInvoiceFor } = basis;
  if (bills.length === 0) return <p className="pad quiet request-basis">{t.noBills}</p>;
  const missing = bills.filter(({ amount }) => amount === undefined).map(({ id }) => id);
  return (
    <p className="pad request-basis">
      <span title={bills.map(({ id, name, amount }) => `${id} ${name} ${amount === undefined ? '' : shown(amount)}`).join('\n')}>
        {t.bills(bills.length)}
      </span>{' '}
      {missing.length > 0 ? (
        <span className="quiet">{t.notImported(missing.join('、'))}</span>
      ) : incentive === undefined || expected === undefined || difference === undefined ? (
        <span className="quiet">{t.noRates}</span>
      ) : (
        <>
          {noInvoiceFor === undefined ? (
            <span className="money">
              {shown(incentive)} ÷ (1 + {productTaxRate}) × (1 + {taxRate}) = {shown(expected)}
            </span>
          ) : (
            <>
              <span className="money">{shown(expected)}</span> <span className="quiet">{t.notConverted(noInvoiceFor)}</span>
            </>
          )}{' '}
          <StateTag tone={isZero(difference) ? 'good' : 'attention'}>
            {isZero(difference) ? t.agrees : t.differs(shown(difference))}
          </StateTag>
        </>
      )}
    </p>
  );
}
