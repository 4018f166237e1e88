import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import type { Output } from '../../../electron/contract.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';

type Check = Output<'month.checks'>['checks'][number];

/** Every check of this version: how much it compared, what it found, or why it could not run. */
export function ChecksTable({ checks }: { readonly checks: readonly Check[] }) {
  const t = useTexts();
  const language = useLanguage();
  const c = t.reconcile.checkColumns;
  const ran = checks.filter((x) => x.skipped === undefined).length;
  return (
    <Section title={t.reconcile.checks} hint={t.reconcile.checksRun(ran, checks.length)} className="checks">
      <div className="scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{c.name}</th>
              <th>{c.code}</th>
              <th className="number">{c.compared}</th>
              <th className="number">{c.findings}</th>
              <th>{c.skipped}</th>
            </tr>
          </thead>
          <tbody>
            {checks.map((x) => (
              <tr key={x.code}>
                <td>{checkName(x.code, language)}</td>
                <td>
                  <code className="code">{x.code}</code>
                </td>
                <td className="number">{x.compared.toLocaleString('zh-CN')}</td>
                <td className="number">
                  {x.findings > 0 ? (
                    <button type="button" className="linkish" onClick={() => go('findings', { params: { code: x.code } })}>
                      {x.findings.toLocaleString('zh-CN')}
                    </button>
                  ) : (
                    <span className="quiet">0</span>
                  )}
                </td>
                <td className="why">
                  {x.skipped === undefined ? (
                    <StateTag tone="good">{t.reconcile.ran}</StateTag>
                  ) : (
                    <span className="quiet">{x.skipped[language]}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
