import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useLanguage, useTexts } from '../../stores/session.ts';
import type { Evidence } from '../../stores/findings.ts';
import { kindName } from '../../texts/names.ts';
import { evidenceFields, linesOf, type EvidenceField, type EvidenceTable, type Line } from './evidence-pairs.ts';

/** Rows shown before the person asks for more, and how many more then. */
const step = 20;
const more = 200;
/** So many rows stand beside each other, field by field; more of them stand below each other. */
const beside = 3;

/** Both sides as they stand in the files; what means the same stands in one line (or column), what differs is marked and comes first. */
export function EvidenceRows({ evidence }: { readonly evidence: Evidence }) {
  const t = useTexts();
  const language = useLanguage();
  const { finding } = evidence;
  const lines = useMemo(() => linesOf(evidence), [evidence]);
  const fields = useMemo(() => evidenceFields(lines, finding, language), [lines, finding, language]);
  const omitted = finding.rowsOmitted ?? 0;
  const empty = (['left', 'right'] as const).find((side) => lines.every((line) => line.side !== side));
  return (
    <>
      {lines.length <= beside ? <Beside lines={lines} fields={fields} /> : <Below lines={lines} fields={fields} />}
      {empty !== undefined && (
        <p className="quiet">
          {t.findings.side[empty]}
          {t.common.colon}
          {t.findings.sideEmpty}
        </p>
      )}
      {omitted > 0 && <p className="quiet">{t.findings.rowsOmitted(omitted)}</p>}
    </>
  );
}

interface Props {
  readonly lines: readonly Line[];
  readonly fields: readonly EvidenceField[];
}

function Where({ table: { kind, file, sheet } }: { readonly table: EvidenceTable }) {
  const language = useLanguage();
  return (
    <>
      <b>{kindName(kind, language)}</b>
      <div className="where">{sheet === file ? file : `${file} · ${sheet}`}</div>
    </>
  );
}

const tablesOf = (lines: readonly Line[]): EvidenceTable[] => [...new Set(lines.map((line) => line.table))];

function Beside({ lines, fields }: Props) {
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
        {fields.map((f) => (
          <tr key={f.key} className={f.differs ? 'differs' : ''}>
            <td className="quiet">
              {f.header}
              {f.differs && <span className="sr-only"> {t.findings.differs}</span>}
            </td>
            {f.cells.map((cell, i) => (
              <td key={i}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Below({ lines, fields }: Props) {
  const t = useTexts();
  const [limit, setLimit] = useState(step);
  const rest = lines.length - limit;
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls in itself and must be reachable by Tab */}
      <div className="scroll boxed evidence-below" tabIndex={0} role="group" aria-label={t.findings.evidence}>
        <table className="table raw">
          <thead>
            <tr>
              <th className="number">#</th>
              {fields.map((f) => (
                <th key={f.key} className={f.differs ? 'differs' : ''} title={f.header}>
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
              {lines.slice(0, limit).map((line, i) => line.table === table && <Row key={i} line={line} at={i} fields={fields} />)}
            </tbody>
          ))}
        </table>
      </div>
      {rest > 0 && (
        <Button type="link" onClick={() => setLimit(limit + more)}>
          {t.findings.rowsMore(Math.min(more, rest))}
        </Button>
      )}
    </>
  );
}

function Row({ line, at, fields }: { readonly line: Line; readonly at: number; readonly fields: readonly EvidenceField[] }) {
  return (
    <tr>
      <td className="number quiet">{line.row}</td>
      {fields.map((f) => (
        <td key={f.key} className={f.differs && f.cells[at] ? 'differs' : ''} title={f.cells[at]}>
          {f.cells[at]}
        </td>
      ))}
    </tr>
  );
}
