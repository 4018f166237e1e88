import { Section } from '../../components/Section.tsx';
import { useMonth } from '../../stores/month.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';

/** Checks that could not run, by reason: a check without its input has not passed. */
export function SkippedChecks() {
  const t = useTexts();
  const language = useLanguage();
  const checks = useMonth((s) => s.checks.value);
  if (!checks) return null;
  const skipped = checks.filter((c) => c.skipped !== undefined);
  const reasons = [...Map.groupBy(skipped, (c) => c.skipped?.[language] ?? '')];
  return (
    <Section
      title={t.month.skippedChecks}
      extra={<span className="quiet">{t.reconcile.checksRun(checks.length - skipped.length, checks.length)}</span>}
    >
      {reasons.length === 0 ? (
        <p className="pad quiet">{t.month.skippedNone}</p>
      ) : (
        <table className="table">
          <tbody>
            {reasons.map(([reason, group]) => (
              <tr key={reason}>
                <td className="skipped-why">{reason}</td>
                <td className="quiet">{group.map((c) => checkName(c.code, language)).join(language === 'zh' ? '、' : ', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
