import { useLanguage, useTexts } from '../../stores/session.ts';
import { kindName } from '../../texts/names.ts';
import type { EvidenceField, EvidenceTable, Line } from './evidence-pairs.ts';

/** The cell that tells where it stands: indexes of its line and field. */
export interface Chosen {
  readonly line: number;
  readonly field: number;
}
interface Props {
  readonly lines: readonly Line[];
  readonly fields: readonly EvidenceField[];
  readonly chosen: Chosen | undefined;
  readonly choose: (cell: Chosen) => void;
}

function Where({ table: { kind, file, sheet } }: { readonly table: EvidenceTable }) {
  const language = useLanguage();
  const place = sheet === file ? file : `${file} · ${sheet}`;
  return (
    <>
      <b>{kindName(kind, language)}</b>
      <div className="where" title={place}>
        {place}
      </div>
    </>
  );
}

const tablesOf = (lines: readonly Line[]): EvidenceTable[] => [...new Set(lines.map((line) => line.table))];
const classes = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(' ');
const isAt = (chosen: Chosen | undefined, line: number, field: number): boolean => chosen?.line === line && chosen.field === field;

/** A few rows beside each other, a field a line. */
export function Beside({ lines, fields, chosen, choose }: Props) {
  const t = useTexts();
  return (
    <table className="table evidence-pair">
      <colgroup>
        <col className="field" />
        {lines.map((_, i) => (
          <col key={i} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th rowSpan={2} aria-label={t.findings.field} />
          {tablesOf(lines).map((table, i) => (
            <th key={i} colSpan={lines.filter((line) => line.table === table).length}>
              <Where table={table} />
            </th>
          ))}
        </tr>
        <tr>
          {lines.map((line, i) => (
            <th key={i}>{t.findings.rowAt(line.row)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map((f, at) => (
          <tr key={f.key} className={f.differs ? 'differs' : ''}>
            <td className="quiet">
              {f.header}
              {f.differs && <span className="sr-only"> {t.findings.differs}</span>}
            </td>
            {f.cells.map((cell, i) => (
              // The group around the table takes the keys.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
              <td
                key={i}
                className={classes(f.amount && 'figure', isAt(chosen, i, at) && 'here')}
                onClick={() => choose({ line: i, field: at })}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Many rows below each other, file by file. What differs is their sums, so the heads of the columns say it and no single cell does. */
export function Below({ lines, fields, chosen, choose }: Props) {
  return (
    <table className="table raw">
      <thead>
        <tr>
          <th className="number">#</th>
          {fields.map((f) => (
            <th key={f.key} className={classes(f.differs && 'differs', f.amount && 'figure')} title={f.header}>
              {f.header}
            </th>
          ))}
        </tr>
      </thead>
      {tablesOf(lines).map((table, k) => (
        <tbody key={k}>
          <tr className="evidence-file">
            <td colSpan={fields.length + 1}>
              <div>
                <Where table={table} />
              </div>
            </td>
          </tr>
          {lines.map(
            (line, at) =>
              line.table === table && (
                <tr key={at}>
                  <td className="number quiet">{line.row}</td>
                  {fields.map((f, i) => (
                    // The group around the table takes the keys.
                    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
                    <td
                      key={f.key}
                      className={classes(f.amount && 'figure', isAt(chosen, at, i) && 'here')}
                      title={f.cells[at]}
                      onClick={() => choose({ line: at, field: i })}
                    >
                      {f.cells[at]}
                    </td>
                  ))}
                </tr>
              ),
          )}
        </tbody>
      ))}
    </table>
  );
}
