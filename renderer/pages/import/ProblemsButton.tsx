import { Button } from 'antd';
import { saveProblems, type ImportedFile } from '../../stores/imports.ts';
import { useJobs } from '../../stores/jobs.ts';
import { useTexts } from '../../stores/session.ts';

/** The problems of a file as a workbook that marks the cells: mend it there or in the file, and drop it again. */
export function ProblemsButton({ file }: { readonly file: ImportedFile }) {
  const t = useTexts();
  const busy = useJobs((s) => s.running !== undefined);
  const { token, importId } = file;
  const of = file.status === 'imported' && importId !== undefined ? { importId } : token === undefined ? undefined : { token };
  if (!of || !file.sheets.some((s) => s.problems.length > 0)) return null;
  return (
    <p>
      <Button size="small" disabled={busy} onClick={() => void saveProblems(of)}>
        {t.imports.problemsSave}
      </Button>{' '}
      <span className="quiet">{t.imports.problemsSaveHint}</span>
    </p>
  );
}
