import { App as Messages, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { asFailure } from '../../api.ts';
import { findings, mark, readRows, rowAt, useFindings } from '../../stores/findings.ts';
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
  // The panel may still show the finding before: what is chosen is not its own then.
  const chosen = useFindings((s) => (rowAt(s, s.range.cursor)?.key === findingKey ? Math.abs(s.range.cursor - s.range.anchor) + 1 : 1));
  // A click on another row chooses that one before the field is left.
  const meant = useRef<Parameters<typeof readRows>[0] | undefined>(undefined);
  const chunks = useFindings((s) => s.chunks);
  const [typed, setTyped] = useState(owner);
  const known = new Set([...chunks.values()].flatMap((rows) => rows.flatMap((row) => row.owner ?? [])));
  const save = async () => {
    const name = typed.trim();
    if (name === owner) return;
    const keys = meant.current ? (await readRows(meant.current)).map((row) => row.key) : [findingKey];
    const changed = await mark(keys, { owner: name });
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
        onFocus={() => (meant.current = chosen > 1 ? findings.getState().range : undefined)}
        onPressEnter={(e) => e.currentTarget.blur()}
        onBlur={() => void save().catch((error: unknown) => jobs.setState({ error: asFailure(error) }))}
      />
      <datalist id={list}>
        {[...known].toSorted().map((name) => (
          <option key={name} value={name} aria-label={name} />
        ))}
      </datalist>
    </p>
  );
}
