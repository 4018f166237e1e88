import { CloseOutlined } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { formatMoney, parseMoney } from '../../electron/core/money.ts';
import { keyText, shortName } from '../../electron/core/manual-match.ts';
import {
  closeDialog,
  dropDraft,
  keepMatch,
  removePart,
  tryMatch,
  typeReason,
  useMatching,
  type Draft,
  type Part,
} from '../stores/matching.ts';
import { dismissJobError, useJobs } from '../stores/jobs.ts';
import { useLanguage, useTexts } from '../stores/session.ts';
import { checkName } from '../texts/names.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { Money } from './Money.tsx';
import { TrialResult } from './TrialResult.tsx';

/** Joins, splits, or takes back: what it is about, what it would change, and why. */
export function MatchDialog() {
  const t = useTexts();
  const draft = useMatching((s) => s.draft);
  const open = useMatching((s) => s.open);
  return (
    <Modal
      open={open && draft !== undefined}
      title={draft && t.match.title[draft.action]}
      width={820}
      footer={null}
      destroyOnHidden
      onCancel={closeDialog}
    >
      {draft && <Body draft={draft} />}
    </Modal>
  );
}

function Body({ draft }: { readonly draft: Draft }) {
  const t = useTexts();
  const tried = useMatching((s) => s.tried);
  const busy = useJobs((s) => s.running !== undefined);
  const error = useJobs((s) => s.error);
  const reason = useMatching((s) => s.reason);
  const few = draft.action === 'join' && draft.parts.length < 2;
  const wanting = few ? t.match.needsTwo : draft.action !== 'undo' && reason.trim() === '' ? t.match.needsReason : undefined;
  return (
    <div className="match-dialog">
      <p className="quiet">{t.match.what[draft.action]}</p>
      {draft.action === 'undo' ? (
        <p>
          {draft.match.keys.map((key) => (
            <code key={keyText(key)} className="code match-key">
              {keyText(key)}
            </code>
          ))}
          {t.match.reason}
          {t.common.colon}
          {draft.match.reason}
        </p>
      ) : (
        <Parts parts={draft.parts} removable={draft.action === 'join'} />
      )}
      {error && <ErrorNotice error={error} onRetry={dismissJobError} />}
      {tried && (
        <div className="scroll match-result">
          <TrialResult tried={tried} />
        </div>
      )}
      {draft.action !== 'undo' && (
        <label className="match-reason">
          <span>{t.match.reason}</span>
          <Input value={reason} placeholder={t.match.reasonHint} maxLength={200} onChange={(e) => typeReason(e.target.value)} />
        </label>
      )}
      <div className="match-buttons">
        {draft.action === 'join' && <Button onClick={closeDialog}>{t.match.more}</Button>}
        <span className="push quiet match-wanting">{wanting}</span>
        <Button disabled={busy || few} onClick={() => void tryMatch()}>
          {t.match.preview}
        </Button>
        <Button type="primary" disabled={busy || wanting !== undefined} onClick={() => void keepMatch()}>
          {t.match.keep[draft.action]}
        </Button>
        <Button disabled={busy} onClick={dropDraft}>
          {t.common.cancel}
        </Button>
      </div>
    </div>
  );
}

function Parts({ parts, removable }: { readonly parts: readonly Part[]; readonly removable: boolean }) {
  const t = useTexts();
  const language = useLanguage();
  const sum = parts.reduce((total, p) => total + (parseMoney(p.difference) ?? 0n), 0n);
  return (
    <table className="table boxed-table">
      <tbody>
        {parts.map((p) => (
          <tr key={p.key}>
            <td>{checkName(p.code, language)}</td>
            <td>{p.accountName ?? p.customerId}</td>
            <td>{shortName(p) ?? p.productType}</td>
            <td className="number">
              <Money amount={p.difference} />
            </td>
            {removable && (
              <td className="number">
                <Button
                  className="in-row"
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={`${t.match.remove} ${shortName(p) ?? p.productType ?? checkName(p.code, language)}`}
                  onClick={() => removePart(p.key)}
                />
              </td>
            )}
          </tr>
        ))}
        {parts.length > 1 && (
          <tr>
            <td colSpan={3}>{t.findings.totalDifference}</td>
            <td className="number">
              <b>
                <Money amount={formatMoney(sum)} />
              </b>
            </td>
            {removable && <td>{'\u00a0'}</td>}
          </tr>
        )}
      </tbody>
    </table>
  );
}
