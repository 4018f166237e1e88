import type { Output } from '../../electron/contract.ts';
import { amountName, pairName } from '../../electron/core/wording/bridges.ts';
import { useLanguage, useTexts } from '../stores/session.ts';
import { checkName } from '../texts/names.ts';
import { Money } from './Money.tsx';
import { StateTag, type Tone } from './StateTag.tsx';

type Tried = Omit<Output<'settings.preview'>, 'changes'>;
type TriedMonth = Tried['months'][number];
/** What differs between two results of one month. */
export type Changes = Pick<TriedMonth, 'new' | 'gone' | 'changed' | 'findings'>;

const tones: Record<Changes['findings'][number]['change'], Tone> = { new: 'attention', gone: 'good', changed: 'plain' };

/** What a change that is not kept yet would make of the months: findings, and the amounts of the bridges. */
export function TrialResult({ tried }: { readonly tried: Tried }) {
  const language = useLanguage();
  return (
    <div className="trial">
      {tried.months.map((month) => (
        <MonthResult key={month.billingCycle} month={month} />
      ))}
      {tried.note && <p className="quiet">{tried.note[language]}</p>}
    </div>
  );
}

function MonthResult({ month }: { readonly month: TriedMonth }) {
  const t = useTexts();
  const language = useLanguage();
  const none = month.new + month.gone + month.changed + month.bridges.length === 0;
  return (
    <>
      <p className="trial-head">
        <b>{month.billingCycle}</b>　{none ? t.trial.nothing : t.trial.counts(month.new, month.gone, month.changed)}
      </p>
      {month.bridges.length > 0 && (
        <table className="table boxed-table">
          <thead>
            <tr>
              <th>{t.trial.bridge}</th>
              <th>{t.trial.step}</th>
              <th className="number">{t.trial.before}</th>
              <th className="number">{t.trial.after}</th>
            </tr>
          </thead>
          <tbody>
            {month.bridges.map((b) => (
              <tr key={`${b.pair} ${b.step}`}>
                <td>{pairName(b.pair)[language]}</td>
                <td>{amountName(b.pair, b.step)[language]}</td>
                <td className="number">{b.before === undefined ? '—' : <Money amount={b.before} />}</td>
                <td className="number">{b.after === undefined ? '—' : <Money amount={b.after} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ChangedFindings changes={month} />
    </>
  );
}

/** The findings that are new, gone or changed, one a line; the sentence of each stands under its name. */
export function ChangedFindings({ changes, onOpen }: { readonly changes: Changes; readonly onOpen?: (key: string) => void }) {
  const t = useTexts();
  const language = useLanguage();
  const { findings } = changes;
  const more = changes.new + changes.gone + changes.changed - findings.length;
  if (findings.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list scrolls in itself and must be reachable by Tab
    <div className="scroll boxed trial-findings" tabIndex={0} role="group" aria-label={t.trial.findings}>
      <table className="table trial-table">
        <tbody>
          {findings.map((f) => (
            <tr key={`${f.change} ${f.key}`}>
              <td className="nowrap">
                <StateTag tone={tones[f.change]}>{t.trial.change[f.change]}</StateTag>
              </td>
              <td className="nowrap">
                {onOpen && f.change !== 'gone' ? (
                  <button type="button" className="linkish" onClick={() => onOpen(f.key)}>
                    {checkName(f.code, language)}
                  </button>
                ) : (
                  checkName(f.code, language)
                )}
                <div className="quiet">
                  {f.before && f.before.severity !== f.severity && `${t.findings.severity[f.before.severity]} → `}
                  {t.findings.severity[f.severity]}
                </div>
              </td>
              <td>{f.reason[language]}</td>
              <td className="number">
                {f.before && (
                  <div className="quiet">
                    <Money amount={f.before.difference} /> →
                  </div>
                )}
                <Money amount={f.difference} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="quiet pad">{t.trial.more(more)}</p>}
    </div>
  );
}
