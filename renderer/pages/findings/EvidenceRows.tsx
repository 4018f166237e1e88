import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useLanguage, useTexts } from '../../stores/session.ts';
import type { Evidence } from '../../stores/findings.ts';
import { CellPlace } from './CellPlace.tsx';
import { Below, Beside, type Chosen } from './EvidenceTables.tsx';
import { evidenceFields, linesOf } from './evidence-pairs.ts';

/** Rows shown before the person asks for more, and how many more then. */
const step = 20;
const more = 200;
/** So many rows stand beside each other, field by field; more of them stand below each other. */
const beside = 3;

interface Props {
  readonly sides: Evidence['sides'];
  /** The two amounts that are held against each other: they are looked for in the rows. */
  readonly compared: { readonly expected: string; readonly stated: string };
  readonly omitted: number;
  /** There is one side only. */
  readonly alone?: boolean;
}

/** Both sides as they stand in the files; what means the same stands in one line (or column), what differs is marked and comes first. A cell tells where it stands. */
export function EvidenceRows({ sides, compared, omitted, alone = false }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const [limit, setLimit] = useState(step);
  const [chosen, choose] = useState<Chosen>();
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) around.current?.querySelector('td.here')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  const lines = useMemo(() => linesOf({ sides }), [sides]);
  const fields = useMemo(() => evidenceFields(lines, compared, language), [lines, compared, language]);
  const empty = alone ? undefined : (['left', 'right'] as const).find((side) => lines.every((line) => line.side !== side));
  const down = lines.length > beside;
  const rest = down ? lines.length - limit : 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(event.key, chosen ?? { line: 0, field: -1 }, down);
    if (!to || event.target !== event.currentTarget) return;
    event.preventDefault();
    // Elsewhere the arrows change the month.
    event.stopPropagation();
    choose({
      line: Math.max(0, Math.min(Math.min(limit, lines.length) - 1, to.line)),
      field: Math.max(0, Math.min(fields.length - 1, to.field)),
    });
  };
  return (
    <>
      {lines.length > 0 && (
        // A wide table scrolls in itself, and its cells are walked with the arrow keys: it must be reachable by Tab.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <div
          ref={around}
          className={down ? 'evidence scroll boxed evidence-below' : 'evidence'}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          role="group"
          aria-label={t.findings.evidence}
          onKeyDown={onKeyDown}
        >
          {down ? (
            <Below lines={lines.slice(0, limit)} fields={fields} chosen={chosen} choose={choose} />
          ) : (
            <Beside lines={lines} fields={fields} chosen={chosen} choose={choose} />
          )}
        </div>
      )}
      {lines.length > 0 && <CellPlace line={chosen && lines[chosen.line]} field={chosen && fields[chosen.field]} at={chosen?.line ?? 0} />}
      {rest > 0 && (
        <Button type="link" onClick={() => setLimit(limit + more)}>
          {t.findings.rowsMore(Math.min(more, rest))}
        </Button>
      )}
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

/** Where an arrow leads: rows stand below each other (`down`) or beside each other. */
function moved(key: string, { line, field }: Chosen, down: boolean): Chosen | undefined {
  const by = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
  if (!by) return undefined;
  const [x, y] = by as [number, number];
  return down ? { line: line + y, field: field + x } : { line: line + x, field: field + y };
}
