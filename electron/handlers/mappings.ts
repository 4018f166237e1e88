import { listMappings, removeMapping } from '../../db/mappings.ts';
import { recordInJournal } from '../../db/journal.ts';
import type { Decoded, Handlers } from '../contract.ts';
import { kinds } from '../core/kinds.ts';
import { AppError } from '../errors.ts';
import type { Column, KindSpec } from '../importing/kinds/column.ts';
import { kindSpecs } from '../importing/kinds/list.ts';
import type { AppContext } from './context.ts';

/** Columns mapped by hand: what they can be, and what is remembered. */
export const mappingHandlers = (context: AppContext): Pick<Handlers, 'imports.fields' | 'mappings.list' | 'mappings.remove'> => ({
  'imports.fields': () => ({
    kinds: kinds.map((kind) => ({ kind, fields: kindSpecs[kind].columns.map((c) => field(c, kindSpecs[kind])) })),
  }),
  'mappings.list': () => {
    const seen = new Set<string>();
    return {
      mappings: listMappings(context.db).map((m) => {
        const applied = !seen.has(m.signature);
        seen.add(m.signature);
        return { ...m, header: [...m.header], columns: { ...m.columns }, applied };
      }),
    };
  },
  'mappings.remove': async ({ signature }) => {
    const at = context.now();
    const removed = await context.write((db) =>
      db
        .transaction(() => {
          const versions = removeMapping(db, signature, at);
          if (versions > 0) recordInJournal(db, at, 'mappings.remove', { signature, versions });
          return versions;
        })
        .immediate(),
    );
    if (removed > 0) context.emit('changed', { areas: ['imports'] });
    return { removed };
  },
});

const field = (column: Column, spec: KindSpec): { field: string; name: { zh: string; en: string }; required: boolean } => {
  const zh = column.accept[0]!;
  const en = column.accept.find((header) => /^[\x20-\x7e]+$/.test(header)) ?? column.field;
  const required = column.header === 'required' || (spec.anyOf ?? []).some((group) => group[0] === column.field);
  return { field: column.field, name: { zh, en }, required };
};

type Mapping = NonNullable<Decoded<'imports.commit'>['answers']['mappings']>[number];

/** Refuses a mapping that names a field the kind does not have, or one field for two columns. Throws AppError `mapping.field`. */
export function checkMappings(mappings: readonly Mapping[] | undefined): void {
  for (const mapping of mappings ?? []) {
    const known = kindSpecs[mapping.kind].columns.map((c) => c.field);
    const taken = new Map<string, string>();
    for (const [label, name] of Object.entries(mapping.columns)) {
      if (name === null) continue;
      if (!known.includes(name)) throw unknownField(label, name, known);
      const other = taken.get(name);
      if (other !== undefined) throw doubleField(name, other, label);
      taken.set(name, label);
    }
  }
}

const unknownField = (label: string, name: string, known: readonly string[]): AppError =>
  new AppError('mapping.field', {
    zh: `列“${label}”不能对应到“${name}”：这种表没有这个字段。可用：${known.join('、')}`,
    en: `Column "${label}" cannot be "${name}": there is no such field. Choose from: ${known.join(', ')}`,
  });
const doubleField = (name: string, one: string, other: string): AppError =>
  new AppError('mapping.field', {
    zh: `列“${one}”和“${other}”都对应到 ${name}，只能有一列；请把其中一列改成别的字段或不读取`,
    en: `Columns "${one}" and "${other}" are both mapped to ${name}: only one may be. Map the other to something else or to nothing`,
  });
