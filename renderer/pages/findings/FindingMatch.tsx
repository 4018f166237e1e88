import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { call } from '../../api.ts';
import type { Output } from '../../../electron/contract.ts';
import { keyOfFinding, keyText, pairOfCheck, shortName } from '../../../electron/core/manual-match.ts';
import { Money } from '../../components/Money.tsx';
import type { Evidence } from '../../stores/findings.ts';
import { collect, startSplit, startUndo, type Part } from '../../stores/matching.ts';
import { useTexts } from '../../stores/session.ts';

type Suggestion = Output<'match.suggest'>;

/** What was joined or split by hand here, what could be, and the ways to do it. */
export function FindingMatch({ evidence }: { readonly evidence: Evidence }) {
  const t = useTexts();
  const { finding, match } = evidence;
  const suggestion = useSuggestion(finding.resolvedByData || match ? undefined : finding.key);
  if (keyOfFinding(finding) === undefined) return null;
  return (
    <>
      <h3 className="with-button">
        {t.match.heading}
        {match ? (
          <Button onClick={() => startUndo(match)}>{t.match.undo}</Button>
        ) : (
          !finding.resolvedByData && (
            <span className="match-ways">
              <Button onClick={() => collect([finding])}>{t.match.join}</Button>
              <Button onClick={() => startSplit(finding)}>{t.match.split}</Button>
            </span>
          )
        )}
      </h3>
      {match && (
        <p>
          {t.match.said[match.action]}
          {t.common.colon}
          {match.keys.map((key) => (
            <code key={keyText(key)} className="code match-key">
              {keyText(key)}
            </code>
          ))}
          {match.reason} <span className="quiet">{t.match.saidBy(match.by, match.at)}</span>
        </p>
      )}
      {suggestion?.state === 'found' && (
        <div className="notice">
          {t.match.suggested(suggestion.findings.length, pairOfCheck(finding.code) !== 'bill-account')}
          <ul className="notes">
            {suggestion.findings.map((f) => (
              <li key={f.key}>
                {shortName(f) ?? f.key}　<Money amount={f.difference} />
              </li>
            ))}
          </ul>
          <Button
            onClick={() =>
              collect([finding, ...suggestion.findings.map((f) => ({ ...partOf(finding), ...f, productType: undefined }) as Part)])
            }
          >
            {t.match.join}
          </Button>
        </div>
      )}
    </>
  );
}

const partOf = ({ billingCycle, accountName, customerId }: Evidence['finding']) => ({ billingCycle, accountName, customerId });

/** Asked for the finding in view; what does not come in time, or fails, is no suggestion. */
function useSuggestion(key: string | undefined): Suggestion | undefined {
  const [suggestion, setSuggestion] = useState<Suggestion>();
  useEffect(() => {
    if (key === undefined) return;
    let current = true;
    call('match.suggest', { key }).then(
      (found) => current && setSuggestion(found),
      (error: unknown) => console.warn(error),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return suggestion?.key === key ? suggestion : undefined;
}
