import type { ReadLimits } from '../importing/limits.ts';

const mebi = 1024 * 1024;

/** How much one invoice file may ask of the machine: real ones have some hundred kilobytes. Sizes in bytes. */
export const invoiceLimits = { fileBytes: 32 * mebi, xmlBytes: 8 * mebi, xmlDepth: 64, xmlElements: 100_000, texts: 20_000, pages: 8 };

/** The same for an OFD as an archive. */
export const ofdLimits: ReadLimits = {
  entries: 2000,
  entryBytes: 16 * mebi,
  totalBytes: 64 * mebi,
  ratio: 200,
  ratioFloor: mebi,
  nestedBytes: 16 * mebi,
  smallPartBytes: 8 * mebi,
  sharedStringChars: mebi,
  recordChars: mebi,
};
