import { useState, type DragEvent } from 'react';
import type { KindFields } from '../../stores/mappings.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { draggedColumn } from './column-choices.ts';

interface Props {
  readonly fields: KindFields;
  /** Which column each field is read from. */
  readonly taken: ReadonlyMap<string, string>;
  readonly disabled: boolean;
  readonly onTake: (column: string, field: string) => void;
}

/** The fields of the kind as places to drag a column to: those that must be there and are not stand first. Without a mouse each column has its list. */
export function FieldTargets({ fields, taken, disabled, onTake }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const [over, setOver] = useState<string>();
  const rank = (f: KindFields[number]): number => (taken.has(f.field) ? 2 : f.required ? 0 : 1);
  const sorted = fields.toSorted((a, b) => rank(a) - rank(b));
  const hover = (event: DragEvent, field: string): void => {
    if (disabled || !event.dataTransfer.types.includes(draggedColumn)) return;
    event.preventDefault();
    setOver(field);
  };
  return (
    <ul className="field-targets" aria-label={t.imports.mappingFields}>
      {sorted.map(({ field, name, required }) => (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is the mouse's way; without one each column has its list
        <li
          key={field}
          className={[taken.has(field) ? 'taken' : required ? 'wanted' : '', over === field ? 'over' : ''].join(' ').trim()}
          onDragEnter={(event) => hover(event, field)}
          onDragOver={(event) => hover(event, field)}
          onDragLeave={() => setOver(undefined)}
          onDrop={(event) => {
            setOver(undefined);
            const column = event.dataTransfer.getData(draggedColumn);
            if (column === '' || disabled) return;
            event.preventDefault();
            onTake(column, field);
          }}
        >
          {name[language]}
          {required ? ' *' : ''}
          {taken.has(field) && <span className="quiet"> ← {taken.get(field)}</span>}
        </li>
      ))}
    </ul>
  );
}
