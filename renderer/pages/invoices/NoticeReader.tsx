import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { asFailure, type CallFailed } from '../../api.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { readNotice, type Notice } from '../../stores/invoices.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';

type Field = Notice['fields'][number]['field'];
type Values = Partial<Record<Field, string>>;

interface Props {
  /** What the form holds now. */
  readonly current: Values;
  readonly onTake: (values: Values) => void;
}

/** The vendor's notice, pasted: what it says of buyer and address is shown beside what the form holds, and only what stays ticked is taken over. */
export function NoticeReader({ current, onTake }: Props) {
  const t = useTexts();
  const [text, setText] = useState('');
  const [notice, setNotice] = useState<Notice>();
  const [error, setError] = useState<CallFailed>();
  const read = async (pasted: string) => {
    setError(undefined);
    try {
      setNotice(pasted.trim() === '' ? undefined : await readNotice(pasted));
    } catch (e) {
      setError(asFailure(e));
    }
  };
  return (
    <details className="notice-reader">
      <summary>{t.invoices.notice.title}</summary>
      <Input.TextArea
        aria-label={t.invoices.notice.text}
        placeholder={t.invoices.notice.hint}
        autoSize={{ minRows: 3, maxRows: 8 }}
        value={text}
        onChange={(e) => {
          setText(e.target.value);
          void read(e.target.value);
        }}
      />
      {error && <ErrorNotice error={error} onClose={() => setError(undefined)} />}
      {notice && <Found key={text} notice={notice} current={current} onTake={onTake} />}
    </details>
  );
}

function Found({ notice, current, onTake }: Props & { readonly notice: Notice }) {
  const t = useTexts();
  const language = useLanguage();
  const [chosen, setChosen] = useState<Values>(() => Object.fromEntries(notice.fields.map(({ field, value }) => [field, value])));
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const taken = notice.fields.filter(({ field }) => !left.has(field));
  const tick = (field: Field, on: boolean) => setLeft((s) => new Set(on ? [...s].filter((one) => one !== field) : [...s, field]));
  return (
    <>
      {notice.notes.length > 0 && (
        <ul className="notes">
          {notice.notes.map((note) => (
            <li key={note.zh} className="row-doubt">
              {note[language]}
            </li>
          ))}
        </ul>
      )}
      <table className="table notice-fields" aria-label={t.invoices.notice.found}>
        <tbody>
          {notice.fields.map(({ field, value, labelled, others }) => {
            const was = current[field] ?? '';
            return (
              <tr key={field}>
                <td className="nowrap">
                  <Checkbox checked={!left.has(field)} onChange={(e) => tick(field, e.target.checked)}>
                    {t.invoices.requestForm[field]}
                  </Checkbox>
                </td>
                <td className="entry-text">
                  {others.length === 0 ? (
                    value
                  ) : (
                    <Select
                      aria-label={t.invoices.requestForm[field]}
                      value={chosen[field] ?? value}
                      options={[value, ...others.map((other) => other.value)].map((one) => ({ value: one, label: one }))}
                      onChange={(one: string) => setChosen((s) => ({ ...s, [field]: one }))}
                    />
                  )}
                  {was !== '' && was !== chosen[field] && <div className="quiet">{t.invoices.notice.now(was)}</div>}
                </td>
                <td className="nowrap">
                  {!labelled && <StateTag tone="attention">{t.invoices.notice.guessed}</StateTag>}{' '}
                  {others.length > 0 && <StateTag tone="attention">{t.invoices.notice.several(others.length + 1)}</StateTag>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Button
        type="primary"
        ghost
        disabled={taken.length === 0}
        onClick={() => onTake(Object.fromEntries(taken.map(({ field }) => [field, chosen[field] ?? ''])))}
      >
        {t.invoices.notice.take(taken.length)}
      </Button>
    </>
  );
}
