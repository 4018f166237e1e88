import { App as Messages, Button, Input } from 'antd';
import { entryNames } from '../../../../electron/core/request-entry.ts';
import { asFailure } from '../../../api.ts';
import { Money } from '../../../components/Money.tsx';
import { jobs } from '../../../stores/jobs.ts';
import { strike, type Entry, type Progress } from '../../../stores/progress.ts';
import { useLanguage, useTexts } from '../../../stores/session.ts';

interface Props {
  readonly progress: Progress;
  readonly onCorrect: (entry: Entry) => void;
}

/** What was entered of a request, in order; each can be corrected or removed, and what was stays to be seen. */
export function EntryTable({ progress, onCorrect }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const c = t.afterMailing.columns;
  return (
    <>
      {progress.entries.length === 0 ? (
        <p className="pad quiet">{t.afterMailing.noEntries}</p>
      ) : (
        <table className="table entries" aria-label={t.afterMailing.entries}>
          <thead>
            <tr>
              <th>{c.on}</th>
              <th>{c.kind}</th>
              <th>{c.what}</th>
              <th>{c.note}</th>
              <th>{c.action}</th>
            </tr>
          </thead>
          <tbody>
            {progress.entries.map((entry) => (
              <tr key={entry.id}>
                <td className="nowrap">{entry.on}</td>
                <td className="nowrap">
                  <b className={entry.kind === 'rejected' ? 'alarm' : ''}>{entryNames[entry.kind][language]}</b>
                </td>
                <td>
                  <What entry={entry} />
                </td>
                <td className="entry-text">{entry.note}</td>
                <td className="nowrap">
                  <Button type="link" className="in-row" onClick={() => onCorrect(entry)}>
                    {t.afterMailing.correct}
                  </Button>{' '}
                  <StrikeButton entry={entry} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {progress.removed.length > 0 && <Removed removed={progress.removed} />}
    </>
  );
}

function What({ entry }: { readonly entry: Entry }) {
  const t = useTexts();
  return (
    <>
      {[entry.courier, entry.tracking].filter(Boolean).join(' ')}
      {entry.amount !== undefined && <Money amount={entry.amount} />}
      {entry.complete && <div className="quiet">{t.afterMailing.complete}</div>}
      {entry.expectedOn !== undefined && <div className="quiet">{t.afterMailing.expected(entry.expectedOn)}</div>}
    </>
  );
}

function StrikeButton({ entry }: { readonly entry: Entry }) {
  const t = useTexts();
  const language = useLanguage();
  const { modal, message } = Messages.useApp();
  const ask = () => {
    let reason = '';
    void modal.confirm({
      title: t.afterMailing.strikeTitle(entryNames[entry.kind][language], entry.on),
      content: (
        <>
          <p className="strike-text">{t.afterMailing.strikeText}</p>
          <Input
            aria-label={t.afterMailing.fields.strikeReason}
            placeholder={`${t.afterMailing.fields.strikeReason} (${t.afterMailing.optional})`}
            onChange={(e) => (reason = e.target.value)}
          />
        </>
      ),
      okText: t.afterMailing.strike,
      cancelText: t.common.cancel,
      onOk: () =>
        strike(entry.id, reason).then(
          () => void message.success(t.afterMailing.struck),
          (error: unknown) => jobs.setState({ error: asFailure(error) }),
        ),
    });
  };
  return (
    <Button type="link" className="in-row" onClick={ask}>
      {t.afterMailing.strike}
    </Button>
  );
}

/** What does not hold any more, the newest first. */
function Removed({ removed }: { readonly removed: Progress['removed'] }) {
  const t = useTexts();
  const language = useLanguage();
  return (
    <details className="pad removed">
      <summary>{t.afterMailing.removed(removed.length)}</summary>
      <ul className="notes">
        {removed.map((entry) => (
          <li key={entry.id}>
            <s>
              {entry.on} {entryNames[entry.kind][language]} <What entry={entry} /> {entry.note}
            </s>{' '}
            <span className="quiet">
              {(entry.replacedBy === undefined ? t.afterMailing.removedAt : t.afterMailing.replacedAt)(
                entry.removedAt.slice(0, 16),
                entry.removedWhy,
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
