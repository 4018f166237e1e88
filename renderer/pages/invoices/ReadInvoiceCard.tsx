import { App as Messages, Button, Input, Select } from 'antd';
import { memo, useState } from 'react';
import { fieldNames, readFields, sourceNames, type ReadField } from '../../../electron/core/read-invoice.ts';
import { asFailure, type CallFailed } from '../../api.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { dismiss, markChanged, saveRead, type ReadFile, type Waiting } from '../../stores/read-invoices.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { bodyOf, entriesOf, readProblems, typedOver, type Entries } from './read-invoice-body.ts';
import { RequestChoice } from './RequestChoice.tsx';

const shown = readFields.filter((field) => !['rates', 'currency', 'capitals', 'lines'].includes(field));

/** One invoice as read: every value with its source, to be corrected and stored; or why a file was not read. A drop may bring hundreds. */
export const ReadInvoiceCard = memo(function ReadInvoiceCard({ waiting: { id, read } }: { readonly waiting: Waiting }) {
  const t = useTexts();
  const language = useLanguage();
  return (
    <article className="read-invoice" aria-label={read.name}>
      <header>
        <b>{read.name}</b>
        <Button type="link" className="in-row" onClick={() => dismiss(id)}>
          {t.invoices.reading.dismiss}
        </Button>
      </header>
      {read.reason && <p className="row-doubt">{read.reason[language]}</p>}
      {read.status === 'read' && <ReadForm id={id} read={read} />}
    </article>
  );
});

function ReadForm({ id, read }: { readonly id: number; readonly read: ReadFile }) {
  const t = useTexts();
  const language = useLanguage();
  const { message } = Messages.useApp();
  const [entries, setEntries] = useState<Entries>(() => entriesOf(read));
  const [requestId, setRequestId] = useState<string>();
  const change = (next: Entries) => {
    setEntries(next);
    markChanged(id);
  };
  const choose = (next: string | undefined) => {
    setRequestId(next);
    markChanged(id);
  };
  const [error, setError] = useState<CallFailed>();
  const [busy, setBusy] = useState(false);
  const problems = readProblems(entries, language, { date: t.invoices.checks.date, incomplete: t.invoices.reading.incomplete });
  const body = bodyOf(entries, requestId);
  const save = async () => {
    if (!body) return;
    setBusy(true);
    try {
      await saveRead(id, body);
      void message.success(t.invoices.invoiceAdded(body.number));
    } catch (e) {
      setError(asFailure(e));
      setBusy(false);
    }
  };
  return (
    <>
      {error && <ErrorNotice error={error} onClose={() => setError(undefined)} />}
      <ul className="notes">
        {[...(read.known ? [read.known] : []), ...read.notes].map((note) => (
          <li key={note.zh} className="row-doubt">
            {note[language]}
          </li>
        ))}
        {entries['rates'] && (
          <li className="row-doubt">
            {fieldNames.rates[language]}: {entries['rates'].value}
          </li>
        )}
      </ul>
      <div className="read-fields">
        {shown.map((field) => (
          <Field key={field} field={field} read={read} entries={entries} problem={problems.get(field)} onChange={change} />
        ))}
      </div>
      <RequestChoice suggestions={read.suggestions} value={requestId} onChange={choose} />
      <footer>
        <Button type="primary" loading={busy} disabled={problems.size > 0 || read.known !== undefined} onClick={() => void save()}>
          {t.invoices.reading.save}
        </Button>
        {problems.has('') && <span className="row-doubt">{problems.get('')}</span>}
      </footer>
    </>
  );
}

interface FieldProps {
  readonly field: ReadField;
  readonly read: ReadFile;
  readonly entries: Entries;
  readonly problem: string | undefined;
  readonly onChange: (entries: Entries) => void;
}

/** A value, where it was read, and what the other sources say of it. */
function Field({ field, read, entries, problem, onChange }: FieldProps) {
  const t = useTexts();
  const language = useLanguage();
  const entry = entries[field];
  const others = read.disagreements.find((one) => one.field === field)?.values ?? [];
  const label = fieldNames[field][language];
  return (
    <div className="read-field">
      <div className="read-label">
        {label}{' '}
        {entry && entry.value !== '' && (
          <StateTag tone={others.length > 0 ? 'attention' : 'quiet'}>{sourceNames[entry.from][language]}</StateTag>
        )}
      </div>
      {field === 'kind' ? (
        <Select
          aria-label={label}
          value={entry?.value ?? null}
          options={(['special', 'ordinary'] as const).map((value) => ({ value, label: t.invoices.kind[value] }))}
          onChange={(value: string) => onChange(typedOver(entries, read, field, value))}
        />
      ) : (
        <Input
          aria-label={label}
          value={entry?.value ?? ''}
          {...(problem === undefined ? {} : { status: 'error' as const })}
          onChange={(e) => onChange(typedOver(entries, read, field, e.target.value))}
        />
      )}
      {others
        .filter(({ value }) => value !== entry?.value)
        .map(({ value, from }) => (
          <Button
            key={`${from} ${value}`}
            type="link"
            className="in-row"
            onClick={() => onChange({ ...entries, [field]: { value, from } })}
          >
            {t.invoices.reading.other(
              sourceNames[from][language],
              field === 'kind' ? t.invoices.kind[value as 'special' | 'ordinary'] : value,
            )}
          </Button>
        ))}
      {problem !== undefined && <div className="row-doubt">{problem}</div>}
    </div>
  );
}
