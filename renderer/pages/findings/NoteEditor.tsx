import { App as Messages, Input } from 'antd';
import { useState } from 'react';
import { asFailure } from '../../api.ts';
import { mark } from '../../stores/findings.ts';
import { jobs } from '../../stores/jobs.ts';
import { useTexts } from '../../stores/session.ts';

/** The note of a finding, stored when the field is left. */
export function NoteEditor({ findingKey, note }: { readonly findingKey: string; readonly note: string }) {
  const t = useTexts();
  const { message } = Messages.useApp();
  const [typed, setTyped] = useState(note);
  const save = () => {
    if (typed === note) return;
    mark([findingKey], { note: typed }).then(
      () => void message.success(t.findings.noteSaved),
      (error: unknown) => jobs.setState({ error: asFailure(error) }),
    );
  };
  return (
    <Input.TextArea
      aria-label={t.findings.note}
      placeholder={t.findings.notePlaceholder}
      autoSize={{ minRows: 2, maxRows: 6 }}
      value={typed}
      onChange={(e) => setTyped(e.target.value)}
      onBlur={save}
    />
  );
}
