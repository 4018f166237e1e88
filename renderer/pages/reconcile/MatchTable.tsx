import { Button, Skeleton } from 'antd';
import { useEffect } from 'react';
import { keyText } from '../../../electron/core/manual-match.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Section } from '../../components/Section.tsx';
import { StateTag, type Tone } from '../../components/StateTag.tsx';
import { loadMatches, startUndo, useMatching, type Match } from '../../stores/matching.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { pairName } from '../../texts/names.ts';

const tones: Record<Match['state'], Tone> = { active: 'good', idle: 'attention', undone: 'quiet' };

/** Everything that was joined or split by hand in a month: what, why, who, and taking it back. */
export function MatchTable({ cycle }: { readonly cycle: string }) {
  const t = useTexts();
  const language = useLanguage();
  const list = useMatching((s) => s.list);
  useEffect(() => loadMatches(cycle), [cycle]);
  if (list.error) return <ErrorNotice error={list.error} onRetry={() => loadMatches(cycle)} />;
  if (!list.value) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (list.value.length === 0) return <EmptyState title={t.match.none} hint={t.match.noneHint} />;
  return (
    <Section title={t.match.heading} hint={t.match.listHint}>
      <div className="scroll">
        <table className="table">
          <thead>
            <tr>
              <th>#</th>
              <th>{t.match.columns.state}</th>
              <th>{t.match.columns.pair}</th>
              <th>{t.match.columns.keys}</th>
              <th>{t.match.reason}</th>
              <th>{t.match.columns.by}</th>
              <th aria-label={t.match.undo} />
            </tr>
          </thead>
          <tbody>
            {list.value.map((m) => (
              <tr key={m.id}>
                <td className="number quiet">{m.id}</td>
                <td className="nowrap">
                  <StateTag tone={tones[m.state]}>{t.match.state[m.state]}</StateTag> {t.match.said[m.action]}
                </td>
                <td className="nowrap">{pairName(m.pair, language)}</td>
                <td>
                  {m.keys.map((key) => (
                    <div key={keyText(key)} className={m.missing.some((x) => keyText(x) === keyText(key)) ? 'quiet' : ''}>
                      <code className="code">{keyText(key)}</code>
                      {m.missing.some((x) => keyText(x) === keyText(key)) && ` ${t.match.missing}`}
                    </div>
                  ))}
                </td>
                <td>{m.reason}</td>
                <td className="quiet">
                  {m.by} {m.at}
                  {m.undoneAt !== undefined && <div>{t.match.undoneBy(m.undoneBy ?? '', m.undoneAt)}</div>}
                </td>
                <td className="number">{m.state !== 'undone' && <Button onClick={() => startUndo(m)}>{t.match.undo}</Button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
