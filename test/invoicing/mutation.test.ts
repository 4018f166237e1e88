import { expect, it } from 'vitest';
import { FileRefused } from '../../electron/importing/cells.ts';
import { digitalLayout, digitalXml, ofdOf, olderLayout, originalXml, pdfOf } from './e-invoices.ts';
import { read } from './reading.ts';

/** How many damaged files of each form; HEZHANG_MUTATIONS asks for more. */
const runs = Number(process.env['HEZHANG_MUTATIONS'] ?? 300) / 3;

/** Mulberry32: the same files in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Changes some bytes, and now and then cuts, doubles or swaps a part. */
function mutated(sound: Buffer, next: (below: number) => number): Buffer {
  let bytes = Buffer.from(sound);
  for (let change = next(6) + 1; change > 0; change--) {
    const at = next(bytes.length);
    const kind = next(8);
    if (kind === 0) bytes = bytes.subarray(0, at + 1);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + next(200)), bytes.subarray(at)]);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + next(40))]);
    else bytes[at] = kind < 6 ? next(256) : bytes[next(bytes.length)]!;
    if (bytes.length === 0) return Buffer.from('<');
  }
  return bytes;
}

it.each([
  ['XML', [async () => Buffer.from(digitalXml()), async () => Buffer.from(originalXml())]],
  [
    'OFD',
    [() => ofdOf({ attached: originalXml(), layout: digitalLayout }), () => ofdOf({ layout: olderLayout, custom: { 发票号码: '1' } })],
  ],
  ['PDF', [() => pdfOf(digitalLayout), () => pdfOf(olderLayout, {}, { InvoiceNumber: '25442000000012345678' })]],
] as const)(
  'a damaged %s is read or refused with a sentence, never anything else',
  async (_, makers) => {
    const sound = await Promise.all(makers.map(async (make) => await make()));
    const next = numbers(20251121);
    let refused = 0;
    const other: string[] = [];
    for (let run = 0; run < runs; run++) {
      const bytes = mutated(sound[run % sound.length]!, next);
      const outcome = await read(bytes).catch((error: unknown) => error);
      if (outcome instanceof FileRefused && outcome.code.startsWith('invoice-file.')) refused += 1;
      else if (outcome instanceof Error) other.push(`${outcome.message}: ${bytes.toString('base64')}`);
    }
    expect(other).toEqual([]);
    expect(refused).toBeGreaterThan(0);
  },
  30_000 + runs * 100,
);
