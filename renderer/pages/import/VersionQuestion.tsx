import { Radio } from 'antd';
import { answerDiffering, useImports, type ImportedFile } from '../../stores/imports.ts';
import { useTexts } from '../../stores/session.ts';
import { fileName } from '../../texts/names.ts';

/** A file that has other values than an earlier one, while nothing says which is the newer: only the person knows. */
export function VersionQuestion({ file }: { readonly file: ImportedFile }) {
  const t = useTexts();
  const { token, differs = [] } = file;
  const said = useImports((s) => (token === undefined ? undefined : s.leftOut.has(token) ? ('older' as const) : s.answers[token]?.as));
  if (token === undefined || differs.length === 0) return null;
  const question = differs
    .map((d) => (d.sameDrop ? t.imports.differsHere(fileName(d.path), d.rows) : t.imports.differs(fileName(d.path), d.at, d.rows)))
    .join(' ');
  return (
    <div className="notice version-question">
      <p>{question}</p>
      <Radio.Group
        aria-label={question}
        value={said ?? null}
        onChange={(event) => answerDiffering(token, event.target.value as 'replacement' | 'part' | 'older')}
        options={[
          { value: 'replacement', label: t.imports.differsReplaces },
          { value: 'part', label: t.imports.differsPart },
          { value: 'older', label: t.imports.differsOlder },
        ]}
      />
      {said && <p className="quiet">{t.imports.differsHint[said]}</p>}
    </div>
  );
}
