import { expect, it } from 'vitest';
import { FileRefused } from '../../electron/importing/cells.ts';
import { digitalLayout, digitalXml, ofdOf, olderLayout, originalXml, pdfOf, zipOf } from './e-invoices.ts';
import { read } from './reading.ts';

/** How many damaged files of each form; HEZHANG_MUTATIONS asks for more. */
const runs = Number(process.env['HEZHANG_MUTATIONS'] ?? 300) / 4;

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
  300_000 + runs * 100,
);

it(
  'an OFD whose parts are damaged inside a sound archive is read or refused with a sentence, never anything else',
  async () => {
    const parts = {
      'OFD.xml': '<ofd:OFD><ofd:CustomData Name="发票号码">25442000000012345678</ofd:CustomData></ofd:OFD>',
      'Doc_0/Document.xml': '<ofd:Document><ofd:TemplatePage ID="1" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:Document>',
      'Doc_0/Tpls/Tpl_0/Content.xml':
        '<ofd:Page><ofd:TextObject ID="2" Boundary="10 10 90 5" CTM="0.35 0 0 0.35 0 0" Size="9"><ofd:TextCode X="0" Y="9" DeltaX="g 4 9">发票号码：</ofd:TextCode></ofd:TextObject></ofd:Page>',
      'Doc_0/Pages/Page_0/Content.xml':
        '<ofd:Page><ofd:Template TemplateID="1"/><ofd:TextObject ID="3" Boundary="40 10 90 5" Size="3"><ofd:TextCode X="0" Y="3" DeltaY="3 g 2 3">购买方</ofd:TextCode><ofd:TextCode>25442000000012345678</ofd:TextCode></ofd:TextObject></ofd:Page>',
      'Doc_0/Tags/CustomTag.xml':
        '<ofd:eInvoice><ofd:InvoiceNo><ofd:ObjectRef PageRef="1">3</ofd:ObjectRef></ofd:InvoiceNo></ofd:eInvoice>',
      'Doc_0/Attachs/original_invoice.xml': originalXml(),
    };
    const names = Object.keys(parts) as (keyof typeof parts)[];
    const next = numbers(20251122);
    const tally = { read: 0, refused: 0 };
    const other: string[] = [];
    for (let run = 0; run < runs; run++) {
      const hit = names[next(names.length)]!;
      const text = parts[hit];
      // Whole words and signs move as well as bytes: a damaged document is seldom one that still parses.
      const words = text.split(/(?<=[<> "=/])/);
      for (let change = next(3); change > 0; change--) words[next(words.length)] = words[next(words.length)]!;
      const bytes = next(2) === 0 ? Buffer.from(words.join('')) : mutated(Buffer.from(text), next);
      const outcome = await read(await zipOf({ ...parts, [hit]: bytes })).catch((error: unknown) => error);
      if (!(outcome instanceof Error)) tally.read += 1;
      else if (outcome instanceof FileRefused && outcome.code.startsWith('invoice-file.')) tally.refused += 1;
      else other.push(`${outcome.message}: ${hit} ${bytes.toString('base64')}`);
    }
    expect(other).toEqual([]);
    expect(tally.read).toBeGreaterThan(0);
    expect(tally.refused).toBeGreaterThan(0);
  },
  300_000 + runs * 100,
);
