import { App as Messages, Input } from 'antd';
import { useId, useState } from 'react';
import { asFailure } from '../../api.ts';
import { mark, readChosen, useFindings } from '../../stores/findings.ts';
import { jobs } from '../../stores/jobs.ts';
import { useTexts } from '../../stores/session.ts';

interface Props {
  readonly findingKey: string;
  readonly owner: string;
}

/** Who follows the finding up, stored on Enter or when the field is left; where several rows are chosen with it, for all of them. */
export function OwnerField({ findingKey, owner }: Props) {
  const t = useTexts();
  const { message } = Messages.useApp();
  const list = useId();
  const chosen = useFindings((s) => Math.abs(s.range.cursor - s.range.anchor) + 1);
  const chunks = useFindings((s) => s.chunks);
  const [typed, setTyped] = useState(owner);
  const known = new Set([...chunks.values()].flatMap((rows) => rows.flatMap((row) => row.owner ?? [])));
  const save = async () => {
    const name = typed.trim();
    if (name === owner) return;
    const rows = chosen > 1 ? (await readChosen()).map((row) => row.key) : [];
    const changed = await mark(rows.includes(findingKey) ? rows : [findingKey], { owner: name });
    void message.success(t.findings.ownerSaved(changed));
  };
  return (
    <p className="owner-field">
      <label htmlFor={`${list}-field`}>{chosen > 1 ? t.findings.ownerOfMany(chosen) : t.findings.owner}</label>
      <Input
        id={`${list}-field`}
        list={list}
        value={typed}
        maxLength={100}
        placeholder={t.findings.ownerNone}
        onChange={(e) => setTyped(e.target.value)}
        onPressEnter={(e) => e.currentTarget.blur()}
        onBlur={() => save().catch((error: unknown) => jobs.setState({ error: asFailure(error) }))}
      />
      <datalist id={list}>
        {[...known].toSorted().map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </p>
  );
}
