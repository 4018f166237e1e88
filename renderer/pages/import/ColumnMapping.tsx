import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { mapColumns, useImports, type ImportedFile, type SheetMapping } from '../../stores/imports.ts';
import { useJobs } from '../../stores/jobs.ts';
import { loadFields, useMappings, type KindFields } from '../../stores/mappings.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import type { Kind } from '../../../electron/core/kinds.ts';
import { Mapping } from './SheetParts.tsx';
import { FieldTargets } from './FieldTargets.tsx';
import { chosenFor, draggedColumn, examplesOf, labelOf, suggestedColumns, takenFields, withColumn } from './column-choices.ts';

type Sheet = ImportedFile['sheets'][number];
type Column = NonNullable<Sheet['columns']>[number];
interface Props {
  readonly sheet: Sheet;
  /** Still a preview: columns can be mapped. */
  readonly open: boolean;
}

/** What each column is read as; in a preview each can be said by hand, and the preview follows at once. */
export function ColumnMapping({ sheet, open }: Props) {
  const t = useTexts();
  const said = useImports((s) => (sheet.signature === undefined ? undefined : s.mappings[sheet.signature]));
  const unread = sheet.kind === undefined;
  const [editing, setEditing] = useState(unread);
  const kind = said?.kind ?? sheet.kind ?? sheet.likelyKind;
  if (!sheet.columns || sheet.columns.length === 0) return null;
  const can = open && sheet.signature !== undefined && kind !== undefined;
  return (
    <>
      <h3>
        {t.imports.mapping}{' '}
        {can && !unread && (
          <Button type="link" size="small" onClick={() => setEditing(!editing)}>
            {editing ? t.imports.mappingList : t.imports.mappingEdit}
          </Button>
        )}
      </h3>
      {can && (editing || unread) ? (
        <Editor columns={sheet.columns} rows={sheet.preview ?? []} kind={kind} signature={sheet.signature!} said={said} />
      ) : (
        <Mapping sheet={sheet} />
      )}
    </>
  );
}

interface EditorProps {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly kind: Kind;
  readonly signature: string;
  readonly said: SheetMapping | undefined;
}

function Editor({ columns, rows, kind, signature, said }: EditorProps) {
  const t = useTexts();
  const fields = useMappings((s) => s.fields.value?.get(kind));
  const reconciling = useJobs((s) => s.running === 'reconcile');
  useEffect(() => void loadFields(), []);
  const say = (chosen: SheetMapping['columns']) => void mapColumns({ kind, signature, columns: chosen });
  const suggested = suggestedColumns(columns, said?.columns ?? {});
  return (
    <>
      <p className="quiet">
        {t.imports.mappingHint} {t.imports.mappingDrag}
      </p>
      {Object.keys(suggested).length > 0 && (
        <Button size="small" disabled={reconciling} onClick={() => say({ ...said?.columns, ...suggested })}>
          {t.imports.mappingTakeAll(Object.keys(suggested).length)}
        </Button>
      )}
      <FieldTargets
        fields={fields ?? []}
        taken={takenFields(columns, said?.columns ?? {})}
        disabled={reconciling}
        onTake={(label, field) => say(withColumn(said?.columns ?? {}, label, field))}
      />
      <table className="table mapping-table">
        <thead>
          <tr>
            <th>{t.imports.mappingColumns.header}</th>
            <th>{t.imports.mappingColumns.example}</th>
            <th>{t.imports.mappingColumns.field}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column, at) => (
            <Row
              key={labelOf(column)}
              column={column}
              examples={examplesOf(rows, at)}
              fields={fields ?? []}
              chosen={chosenFor(column, said?.columns ?? {})}
              disabled={reconciling}
              onChoose={(field) => say(withColumn(said?.columns ?? {}, labelOf(column), field))}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface RowProps {
  readonly column: Column;
  readonly examples: string;
  readonly fields: KindFields;
  /** A field, '' = not read, undefined = unknown. */
  readonly chosen: string | undefined;
  readonly disabled: boolean;
  readonly onChoose: (field: string | null | undefined) => void;
}

function Row({ column, examples, fields, chosen, disabled, onChoose }: RowProps) {
  const t = useTexts();
  const language = useLanguage();
  const label = labelOf(column);
  const option = (field: string) => {
    const known = fields.find((f) => f.field === field);
    return { value: field, label: `${known?.name[language] ?? field}${known?.required ? ' *' : ''}` };
  };
  const suggestions = (column.suggestions ?? []).map((s) => s.field);
  const others = fields.map((f) => f.field).filter((f) => !suggestions.includes(f));
  return (
    <tr>
      <td
        className="cell-text dragged-column"
        draggable={!disabled}
        onDragStart={(event) => {
          event.dataTransfer.setData(draggedColumn, label);
          event.dataTransfer.effectAllowed = 'link';
        }}
      >
        {label}
      </td>
      <td className="example quiet" title={examples}>
        {examples}
      </td>
      <td>
        <Select
          className="mapping-field"
          size="small"
          aria-label={t.imports.mappingOf(label)}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          disabled={disabled}
          value={chosen ?? null}
          placeholder={suggestions[0] ? t.imports.mappingMaybe(option(suggestions[0]).label) : t.imports.mappingUnknown}
          onChange={(value: string | null | undefined) => onChoose(value === '' ? null : (value ?? undefined))}
          options={[
            ...(suggestions.length > 0 ? [{ label: t.imports.mappingSuggested, options: suggestions.map(option) }] : []),
            { label: t.imports.mappingAll, options: [{ value: '', label: t.imports.notRead }, ...others.map(option)] },
          ]}
        />
      </td>
    </tr>
  );
}
