import { useEffect } from 'react';
import type { Kind } from '../../../electron/core/kinds.ts';
import { fieldName, loadFields, useMappings } from '../../stores/mappings.ts';
import { useLanguage } from '../../stores/session.ts';

/** The portal's name of a field, in the language of the page. */
export function useFieldName(): (kind: Kind | undefined, field: string) => string {
  const language = useLanguage();
  const fields = useMappings((s) => s.fields.value);
  useEffect(() => void loadFields(), []);
  return (kind, field) => fieldName(fields, kind, field, language);
}
