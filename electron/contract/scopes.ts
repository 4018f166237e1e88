import { z } from 'zod';
import { scopeKinds } from '../core/scope.ts';
import { cycle } from './values.ts';

const scopeKind = z.enum(scopeKinds);
/** What a person says that an import covers; the kind may be left out where only one of its statements can be marked. */
export const scopeSaid = z.strictObject({
  importId: z.string().min(1),
  kind: scopeKind.optional(),
  managers: z.array(z.string()).default([]),
  customers: z.array(z.string()).default([]),
});
/** idle: its import is undone, or a later file stands in its place. */
export const scopeRecord = z.object({
  id: z.int(),
  importId: z.string(),
  path: z.string(),
  kind: scopeKind,
  billingCycles: z.array(cycle),
  managers: z.array(z.string()),
  customers: z.array(z.string()),
  state: z.enum(['active', 'idle', 'undone']),
  by: z.string(),
  at: z.string(),
  undoneAt: z.string().optional(),
  undoneBy: z.string().optional(),
});
/** What is tried out: a new mark, or taking one back. */
export const scopeTrial = z.union([scopeSaid, z.strictObject({ undo: z.int() })]);
