import { App as Messages, Button, Modal, Segmented, Select } from 'antd';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { TrialResult } from '../../components/TrialResult.tsx';
import { useImports } from '../../stores/imports.ts';
import { dismissJobError, useJobs } from '../../stores/jobs.ts';
import { changeScope, closeScope, keepScope, markOf, startScope, tryScope, useScopes, type ScopeDraft } from '../../stores/scopes.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { fileName, kindName } from '../../texts/names.ts';

/** What one imported file covers: said by the person, tried out, kept or taken back. */
export function ScopeDialog() {
  const t = useTexts();
  const draft = useScopes((s) => s.draft);
  return (
    <Modal open={draft !== undefined} title={t.scope.title} width={760} footer={null} destroyOnHidden onCancel={closeScope}>
      {draft && <Body draft={draft} />}
    </Modal>
  );
}

function Body({ draft }: { readonly draft: ScopeDraft }) {
  const t = useTexts();
  const { message } = Messages.useApp();
  const tried = useScopes((s) => s.tried);
  const standing = useScopes((s) => markOf(s.list.value, draft.importId, draft.kind));
  const busy = useJobs((s) => s.running !== undefined);
  const error = useJobs((s) => s.error);
  const wanting = draft.managers.length + draft.customers.length === 0 ? t.scope.needsNames : undefined;
  const keep = (undo: boolean): void =>
    void keepScope(undo ? standing : undefined).then((kept) => kept && message.success(undo ? t.scope.undone : t.scope.kept));
  return (
    <div className="match-dialog">
      <p className="quiet">{t.scope.what}</p>
      <Kinds draft={draft} />
      <Names
        label={t.scope.managers}
        hint={t.scope.managersHint}
        value={draft.managers}
        onChange={(managers) => changeScope({ managers })}
      />
      <Names
        label={t.scope.customers}
        hint={t.scope.customersHint}
        value={draft.customers}
        onChange={(customers) => changeScope({ customers })}
      />
      {error && <ErrorNotice error={error} onRetry={dismissJobError} />}
      {tried && (
        <div className="scroll match-result">
          <TrialResult tried={tried} />
        </div>
      )}
      <div className="match-buttons">
        {standing && (
          <Button disabled={busy} onClick={() => keep(true)}>
            {t.scope.undo}
          </Button>
        )}
        <span className="push" />
        <Button disabled={busy || wanting !== undefined} title={wanting} onClick={() => void tryScope()}>
          {t.match.preview}
        </Button>
        <Button type="primary" disabled={busy || wanting !== undefined} title={wanting} onClick={() => keep(false)}>
          {t.scope.keep}
        </Button>
        <Button disabled={busy} onClick={closeScope}>
          {t.common.cancel}
        </Button>
      </div>
    </div>
  );
}

/** The file, and which of its statements is meant where it holds several. */
function Kinds({ draft }: { readonly draft: ScopeDraft }) {
  const t = useTexts();
  const language = useLanguage();
  const record = useImports((s) => s.history.value?.find((r) => r.importId === draft.importId));
  return (
    <p className="file-title">
      {fileName(draft.path)}{' '}
      {draft.kinds.length > 1 && record ? (
        <Segmented
          aria-label={t.scope.statement}
          value={draft.kind}
          options={draft.kinds.map((kind) => ({ value: kind, label: kindName(kind, language) }))}
          onChange={(kind) => startScope(record, kind)}
        />
      ) : (
        <span className="quiet">{kindName(draft.kind, language)}</span>
      )}
    </p>
  );
}

interface NamesProps {
  readonly label: string;
  readonly hint: string;
  readonly value: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}

/** Names typed one after another, each closed with Enter. */
function Names({ label, hint, value, onChange }: NamesProps) {
  return (
    <div className="scope-names">
      <span>{label}</span>
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        aria-label={label}
        placeholder={hint}
        value={[...value]}
        tokenSeparators={[';', '；', '、', ',', '，']}
        onChange={onChange}
      />
    </div>
  );
}
