import { useTexts } from '../../stores/session.ts';
import { addressOf, type EvidenceField, type Line } from './evidence-pairs.ts';

interface Props {
  readonly line: Line | undefined;
  readonly field: EvidenceField | undefined;
  /** Which line of all. */
  readonly at: number;
}

/** Where the chosen cell stands in its file: file, sheet, address, header and text. Always there, so that nothing moves when a cell is chosen. */
export function CellPlace({ line, field, at }: Props) {
  const t = useTexts();
  const column = field?.columns[at];
  if (!line || !field) return <p className="cell-place quiet">{t.findings.cellNone}</p>;
  const { file, sheet, header } = line.table;
  const place = sheet === file ? file : `${file} · ${sheet}`;
  return (
    <p className="cell-place" role="status">
      {column === undefined ? (
        t.findings.cellAbsent(place, line.row, field.header)
      ) : (
        <>
          {place} · <b>{addressOf(line, column)}</b> · {header[column]}
          {t.common.colon}
          <b>{field.cells[at] || t.findings.cellBlank}</b>
        </>
      )}
    </p>
  );
}
