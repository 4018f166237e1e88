import { Radio } from 'antd';
import { answerDiffering, useImports, type ImportedFile } from '../../stores/imports.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { fileName } from '../../texts/names.ts';

/** A file that has other values than an earlier one while nothing says which is the newer, or the same rows in another look: only the person knows. */
export function VersionQuestion({ file }: { readonly file: ImportedFile }) {
  const t = useTexts();
  const language = useLanguage();
  const { token, differs = [] } = file;
  const said = useImports((s) => (token === undefined ? undefined : s.leftOut.has(token) ? ('older' as const) : s.answers[token]?.as));
  if (token === undefined || differs.length === 0) return null;
  const question = differs
    .map(({ path, at, rows, sameDrop, same }) => {
      const reason = same?.reason[language];
      if (reason === undefined) return sameDrop ? t.imports.differsHere(fileName(path), rows) : t.imports.differs(fileName(path), at, rows);
      return sameDrop ? t.imports.sameRowsHere(fileName(path), reason) : t.imports.sameRows(fileName(path), at, reason);
    })
    .join(' ');
  const same = differs.every((d) => d.same !== undefined);
  const hint = said && (same ? t.imports.sameHint[said] : t.imports.differsHint[said]);
  return (
    <div className="notice version-question">
      <p>{question}</p>
      <Radio.Group
        aria-label={question}
        value={said ?? null}
        onChange={(event) => answerDiffering(token, event.target.value as 'replacement' | 'part' | 'older')}
        options={[
          { value: 'replacement', label: same ? t.imports.sameReplaces : t.imports.differsReplaces },
          { value: 'part', label: same ? t.imports.samePart : t.imports.differsPart },
          { value: 'older', label: same ? t.imports.sameOlder : t.imports.differsOlder },
        ]}
      />
      {hint && <p className="quiet">{hint}</p>}
    </div>
  );
}
