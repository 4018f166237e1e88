import { z } from 'zod';
import { kinds } from '../core/kinds.ts';

/** Amounts on every wire are strings with 8 decimals ("-1200.00000000"); times are "YYYY-MM-DD HH:MM:SS" in GMT+08:00. */
export const amount = z.string().regex(/^-?\d+\.\d{8}$/);
/** A month, "YYYY-MM". */
export const cycle = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
/** A sentence in both languages. */
export const text = z.object({ zh: z.string(), en: z.string() });
export const kind = z.enum(kinds);
