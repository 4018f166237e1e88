import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { PaymentRequest } from '../../stores/invoices.ts';
import { companyOf, lacksCompany } from '../../stores/printing.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { loadSettings, useSettings } from '../../stores/settings.ts';
import { CompanyForm } from './CompanyForm.tsx';

/** What keeps a request from being printed or mailed; what the company profile lacks can be filled in here. */
export function RequestProblems({ problems }: Pick<PaymentRequest, 'problems'>) {
  const t = useTexts();
  const language = useLanguage();
  const settings = useSettings((s) => s.settings.value);
  const [filling, setFilling] = useState(false);
  useEffect(loadSettings, []);
  if (problems.length === 0) return null;
  const company = settings && companyOf(settings);
  return (
    <div className="pad">
      <div className="notice request-problems">
        <b>{t.invoices.problems}</b>
        <ul className="notes">
          {problems.map((p) => (
            <li key={p.zh}>{p[language]}</li>
          ))}
        </ul>
        {company && lacksCompany(company) && <Button onClick={() => setFilling(true)}>{t.invoices.companyFill}</Button>}
      </div>
      {company && filling && <CompanyForm company={company} onClose={() => setFilling(false)} onSaved={() => setFilling(false)} />}
    </div>
  );
}
