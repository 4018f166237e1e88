import { Button } from 'antd';
import { useState } from 'react';
import { useLanguage, useTexts } from '../../stores/session.ts';
import type { Evidence } from '../../stores/findings.ts';
import { kindName, storedWord } from '../../texts/names.ts';
import { differingHeaders, isDiffering, pairFields, rowCount, tellingColumns, type EvidenceTable, type Side } from './evidence-pairs.ts';

/** Rows of one table shown before the person asks for more. */
const step = 20;

/** Both sides as they stand in the files: one row against one row field by field, groups as two tables. */
export function EvidenceRows({ evidence }: { readonly evidence: Evidence }) {
  const t = useTexts();
  const left = evidence.sides.find((s) => s.side === 'left');
  const right = evidence.sides.find((s) => s.side === 'right');
  const omitted = evidence.finding.rowsOmitted ?? 0;
  return (
    <>
      {rowCount(left) <= 1 && rowCount(right) <= 1 ? (
        <Pair left={left?.tables[0]} right={right?.tables[0]} />
      ) : (
        <Groups left={left} right={right} />
      )}
      {omitted > 0 && <p className="quiet">{t.findings.rowsOmitted(omitted)}</p>}
    </>
  );
}

function Where({ table }: { readonly table: EvidenceTable | undefined }) {
  const t = useTexts();
  const language = useLanguage();
  if (!table) return <span className="quiet">{t.findings.sideEmpty}</span>;
  return (
    <>
      <b>{kindName(table.kind, language)}</b>
      <div className="where" title={`${table.file} · ${table.sheet}`}>
        {table.file}
        {table.sheet !== table.file && ` · ${table.sheet}`}
        {table.rows.length === 1 && ` · ${t.findings.rowAt(table.rows[0]!.row)}`}
      </div>
    </>
  );
}

function Pair({ left, right }: { readonly left: EvidenceTable | undefined; readonly right: EvidenceTable | undefined }) {
  const t = useTexts();
  const language = useLanguage();
  return (
    <table className="table evidence-pair">
      <colgroup>
        <col className="field" />
        <col />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th aria-label={t.findings.columns.code} />
          <th>
            <Where table={left} />
          </th>
          <th>
            <Where table={right} />
          </th>
        </tr>
      </thead>
      <tbody>
        {pairFields(left, right).map((f) => (
          <tr key={f.header} className={f.differs ? 'differs' : ''}>
            <td className="quiet">{f.header}</td>
            <td>{storedWord(f.header, f.left ?? '', language)}</td>
            <td>
              {storedWord(f.header, f.right ?? '', language)}
              {f.differs && <span className="sr-only"> {t.findings.differs}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Groups({ left, right }: { readonly left: Side | undefined; readonly right: Side | undefined }) {
  const t = useTexts();
  const differing = differingHeaders(left?.tables ?? [], right?.tables ?? []);
  return (
    <>
      {[left, right].map((side, i) => {
        const name = i === 0 ? 'left' : 'right';
        if (rowCount(side) === 0) {
          return (
            <p key={name} className="quiet">
              {t.findings.side[name]}
              {t.common.colon}
              {t.findings.sideEmpty}
            </p>
          );
        }
        return side?.tables.map((table, k) => <GroupTable key={`${name}${k}`} table={table} differing={differing} />);
      })}
    </>
  );
}

function GroupTable({ table, differing }: { readonly table: EvidenceTable; readonly differing: ReadonlySet<string> }) {
  const t = useTexts();
  const language = useLanguage();
  const [limit, setLimit] = useState(step);
  const columns = tellingColumns(table, differing);
  const headerOf = (i: number) => table.header[i] ?? '';
  const classOf = (i: number) => (isDiffering(differing, headerOf(i)) ? 'differs' : '');
  const rest = table.rows.length - limit;
  return (
    <div className="evidence-group">
      <Where table={table} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls in itself and must be reachable by Tab */}
      <div className="scroll boxed" tabIndex={0} role="group" aria-label={table.file}>
        <table className="table raw">
          <thead>
            <tr>
              <th className="number">#</th>
              {columns.map((i) => (
                <th key={i} className={classOf(i)}>
                  {headerOf(i)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, limit).map((r) => (
              <tr key={r.row}>
                <td className="number quiet">{r.row}</td>
                {columns.map((i) => (
                  <td key={i} className={classOf(i)} title={r.cells[i]}>
                    {storedWord(headerOf(i), r.cells[i] ?? '', language)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && (
        <Button type="link" onClick={() => setLimit(limit + 200)}>
          {t.findings.rowsMore(Math.min(200, rest))}
        </Button>
      )}
    </div>
  );
}
