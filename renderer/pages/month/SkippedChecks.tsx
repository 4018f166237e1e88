import { Section } from '../../components/Section.tsx';
import { useMonth } from '../../stores/month.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { checkName, inLanguage } from '../../texts/names.ts';

/** Checks that could not run, and why: a check without its input has not passed. */
export function SkippedChecks() {
  const t = useTexts();
  const language = useLanguage();
  const checks = useMonth((s) => s.checks.value);
  if (!checks) return null;
  const skipped = checks.filter((c) => c.skipped !== undefined);
  return (
    <Section
      title={t.month.skippedChecks}
      extra={<span className="quiet">{t.reconcile.checksRun(checks.length - skipped.length, checks.length)}</span>}
    >
      {skipped.length === 0 ? (
        <p className="pad quiet">{t.month.skippedNone}</p>
      ) : (
        <table className="table">
          <tbody>
            {skipped.map((c) => (
              <tr key={c.code}>
                <td>{checkName(c.code, language)}</td>
                <td className="quiet">{inLanguage(c.skipped ?? '', language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
