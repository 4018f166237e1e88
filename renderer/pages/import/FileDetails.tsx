import { useImports, type ImportedFile } from '../../stores/imports.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { fileName, kindName } from '../../texts/names.ts';
import { AnswerForm } from './AnswerForm.tsx';
import { ColumnMapping } from './ColumnMapping.tsx';
import { HiddenSheets } from './HiddenSheets.tsx';
import { ProblemsButton } from './ProblemsButton.tsx';
import { VersionQuestion } from './VersionQuestion.tsx';
import { ControlTotals, FirstRows, Problems } from './SheetParts.tsx';

interface Props {
  readonly file: ImportedFile;
  /** Still a preview: what is missing can be answered. */
  readonly open: boolean;
}

/** Mapping its columns may change how it is read. */
const mappable = (file: ImportedFile): boolean => file.status !== 'duplicate' && file.status !== 'imported';

/** Everything known of one file: why it was refused or how it was read, sheet by sheet. */
export function FileDetails({ file, open }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const reason = file.reasonText?.[language] ?? file.reason;
  const notes = file.notes.filter((n) => n[language] !== reason);
  return (
    <div className="scroll pad details-scroll">
      <p className="file-title" title={`${file.path}\nSHA-256 ${file.sha256}`}>
        {fileName(file.path)}
      </p>
      {reason !== undefined && (
        <div className="notice" role="note">
          <b>{t.imports.reason}</b> {reason} {file.reasonCode !== undefined && <code className="code">{file.reasonCode}</code>}
        </div>
      )}
      {file.status === 'duplicate' && reason === undefined && <Duplicate file={file} />}
      {open && file.status === 'previewed' && <VersionQuestion file={file} />}
      {open && mappable(file) && <HiddenSheets file={file} />}
      <ProblemsButton file={file} />
      {open && file.status === 'needs-mapping' && <AnswerForm file={file} />}
      {notes.length > 0 && (
        <ul className="notes" aria-label={t.imports.notes}>
          {notes.map((n) => (
            <li key={n.zh}>{n[language]}</li>
          ))}
        </ul>
      )}
      {file.sheets.map((sheet) => (
        <section key={sheet.name} className="sheet">
          <h3>
            {/* A csv has one sheet, of its own name. */}
            {sheet.name !== fileName(file.path) && `${sheet.name} `}
            <span className="quiet">→ {sheet.kind === undefined ? t.imports.unknownKind : kindName(sheet.kind, language)}</span>
          </h3>
          {sheet.recognition && sheet.recognition[language] !== reason && (
            <p>
              <span className="quiet">
                {t.imports.recognition}
                {t.common.colon}
              </span>
              {sheet.recognition[language]}
            </p>
          )}
          <Problems sheet={sheet} />
          <ControlTotals sheet={sheet} />
          <ColumnMapping sheet={sheet} open={open && mappable(file)} />
          <FirstRows sheet={sheet} />
        </section>
      ))}
    </div>
  );
}

/** Which file with the same content is there already: of the history, or of this very drop. */
function Duplicate({ file }: { readonly file: ImportedFile }) {
  const t = useTexts();
  const before = useImports((s) => s.history.value?.find((h) => h.importId === file.importId && !h.undone));
  return (
    <div className="notice" role="note">
      <b>{t.imports.reason}</b> {before ? t.imports.duplicateOf(fileName(before.path), before.at) : t.imports.duplicateHere}
    </div>
  );
}
