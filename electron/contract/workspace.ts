import { z } from 'zod';
import { text } from './values.ts';

/** A file made for the window: opened, saved or printed by its token. */
export const resultToken = z.object({ token: z.string(), name: z.string() });

/** Is all that was kept still whole: the database, its journal and bridges, every original by its SHA-256. */
export const verification = z.object({
  ok: z.boolean(),
  /** How many tables, kept files and journal lines were looked at. */
  checked: z.object({ database: z.int(), files: z.int(), journal: z.int() }),
  faults: z.array(z.object({ code: z.string(), text })),
});

/** A backup that was written and read back; `notes` names originals that could not be put into it. */
export const backup = resultToken.extend({ originals: z.int(), bytes: z.number(), notes: z.array(text) });

/** What was restored, as the backup says; `previous` is the name of the backup of what was there before, in `backups/`. */
export const restored = z.object({ at: z.string(), originals: z.int(), previous: z.string(), notes: z.array(text) });
