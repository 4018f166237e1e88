import type { KeyboardEvent } from 'react';
import { StateTag, type Tone } from '../../components/StateTag.tsx';
import { money } from '../../components/amounts.ts';
import { nextIndex } from '../../components/grid-keys.ts';
import { shownState, useImports, type ImportedFile, type ShownState } from '../../stores/imports.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { fileName, kindName } from '../../texts/names.ts';

const tones: Record<ShownState, Tone> = {
  imported: 'good',
  previewed: 'plain',
  duplicate: 'quiet',
  refused: 'attention',
  'needs-mapping': 'attention',
  leftOut: 'quiet',
};
interface Props {
  readonly files: readonly ImportedFile[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

/** What each file was recognised as; ↑ ↓ move, the details stand beside. */
export function FileTable({ files, chosen, onChoose }: Props) {
  const t = useTexts();
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const next = nextIndex(event, chosen, files.length, 8);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    event.currentTarget.querySelectorAll('tbody tr')[next]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className="scroll files-scroll">
      {/* A table whose rows are chosen with the arrows is a grid (one stop for Tab), and stays a table for whoever reads it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table className="table" role="grid" tabIndex={0} aria-label={t.imports.columns.file} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th>{t.imports.columns.file}</th>
            <th>{t.imports.columns.kind}</th>
            <th>{t.imports.columns.cycles}</th>
            <th className="number">{t.imports.columns.rows}</th>
            <th className="number">{t.imports.columns.problems}</th>
            <th>{t.imports.columns.status}</th>
          </tr>
        </thead>
        <tbody>
          {files.map((file, i) => (
            <Row key={`${file.path}:${i}`} file={file} chosen={i === chosen} onChoose={() => onChoose(i)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const differs = (file: ImportedFile): number =>
  file.sheets.flatMap((s) => s.controlTotals).filter((c) => money(c.stated) !== money(c.computed)).length;

function Row({ file, chosen, onChoose }: { readonly file: ImportedFile; readonly chosen: boolean; readonly onChoose: () => void }) {
  const t = useTexts();
  const language = useLanguage();
  const state = useImports((s) => shownState(file, s));
  const kinds = [...new Set(file.sheets.map((s) => (s.kind === undefined ? t.imports.unknownKind : kindName(s.kind, language))))];
  const cycles = [...new Set(file.sheets.flatMap((s) => s.billingCycles))];
  const rows = file.sheets.reduce((n, s) => n + s.rows, 0);
  const accepted = file.sheets.reduce((n, s) => n + s.accepted, 0);
  const problems = file.sheets.reduce((n, s) => n + s.problems.length + (s.problemsOmitted ?? 0), 0) + differs(file);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr className={chosen ? 'chosen' : ''} aria-current={chosen ? 'true' : undefined} onClick={onChoose}>
      <td className="file-name" title={file.path}>
        <span className="clamped">{fileName(file.path)}</span>
      </td>
      <td>{file.sheets.length === 0 ? <span className="quiet">—</span> : kinds.join(language === 'zh' ? '、' : ', ')}</td>
      <td>{cycles.join(' ')}</td>
      <td className="number">{file.sheets.length === 0 ? '' : t.imports.accepted(accepted, rows)}</td>
      <td className="number">
        {problems === 0 ? (
          // A file that was not read has no problems of its own: its reason stands beside it.
          <span className="quiet">{rows === 0 ? '' : t.imports.noProblems}</span>
        ) : (
          <StateTag tone="attention">{problems.toLocaleString('zh-CN')}</StateTag>
        )}
      </td>
      <td>
        <StateTag tone={tones[state]}>{t.imports.status[state]}</StateTag>
      </td>
    </tr>
  );
}
