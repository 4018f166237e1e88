import { Checkbox } from 'antd';
import { answer, useImports, type ImportedFile } from '../../stores/imports.ts';
import { useJobs } from '../../stores/jobs.ts';
import { useTexts } from '../../stores/session.ts';

/** Hidden sheets are named, and read only when the person says so. */
export function HiddenSheets({ file }: { readonly file: ImportedFile }) {
  const t = useTexts();
  const { token, hiddenSheets = [] } = file;
  const said = useImports((s) => (token === undefined ? undefined : s.answers[token]));
  const busy = useJobs((s) => s.running !== undefined);
  if (token === undefined || hiddenSheets.length === 0) return null;
  return (
    <p>
      <Checkbox
        checked={said?.hidden === true}
        disabled={busy}
        onChange={(event) => void answer(token, { ...said, hidden: event.target.checked ? true : undefined })}
      >
        {t.imports.hiddenSheets(hiddenSheets)}
      </Checkbox>
    </p>
  );
}
