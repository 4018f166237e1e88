import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createMeter, type TextMeter } from './pdf-text.ts';

/** Paths of the embedded font, regular and bold; it must cover the characters that are printed. */
export interface FontFiles {
  readonly regular: string;
  readonly bold: string;
}
export interface PrintedPdf {
  readonly pdf: Buffer;
  readonly sha256: string;
  readonly pages: number;
}

/** The font has no picture for these characters: printed they would be empty boxes. */
export class MissingGlyphs extends Error {
  override readonly name = 'MissingGlyphs';
  readonly characters: readonly string[];
  constructor(characters: readonly string[]) {
    super(`no glyph for ${characters.join(' ')}`);
    this.characters = characters;
  }
}

/** A PDF to be drawn: its paper (a name, or points), and what stands in its properties. `at` is "YYYY-MM-DD HH:MM:SS" in GMT+08:00. */
export interface PdfPaper {
  readonly size: string | readonly [width: number, height: number];
  readonly landscape: boolean;
  readonly title: string;
  readonly author: string;
  readonly at: string;
}

/** What pdfkit keeps of a loaded font (fontkit's), as far as it is measured here. */
interface LoadedFont {
  readonly unitsPerEm: number;
  glyphForCodePoint(codePoint: number): { readonly id: number; readonly advanceWidth: number };
}

/**
 * Makes a PDF: text selectable, the fonts 'regular' and 'bold' embedded as subsets; the same drawing gives the same bytes. `draw` adds its own pages
 * and returns how many. Throws MissingGlyphs.
 */
export async function makePdf(
  paper: PdfPaper,
  fonts: FontFiles,
  draw: (document: PDFKit.PDFDocument, meter: TextMeter) => number,
): Promise<PrintedPdf> {
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    // pdfkit's own default font is a file that a bundle cannot find.
    font: null as unknown as string,
    size: typeof paper.size === 'string' ? paper.size : [...paper.size],
    layout: paper.landscape ? 'landscape' : 'portrait',
    margin: 0,
    autoFirstPage: false,
    info: {
      Title: paper.title,
      Author: paper.author,
      Creator: '核账 Hezhang',
      Producer: '核账 Hezhang',
      CreationDate: new Date(`${paper.at.replace(' ', 'T')}+08:00`),
    },
  });
  const bytes = collected(document);
  document.registerFont('regular', fs.readFileSync(fonts.regular) as unknown as Uint8Array<ArrayBuffer>);
  document.registerFont('bold', fs.readFileSync(fonts.bold) as unknown as Uint8Array<ArrayBuffer>);
  const missing = new Set<string>();
  const pages = draw(document, meterOf(document, missing));
  document.end();
  const pdf = await bytes;
  if (missing.size > 0) throw new MissingGlyphs([...missing]);
  return { pdf, sha256: createHash('sha256').update(pdf).digest('hex'), pages };
}

/** Measures with the fonts themselves, and notes the characters that they lack. */
function meterOf(document: PDFKit.PDFDocument, missing: Set<string>): TextMeter {
  const loaded = (name: string): LoadedFont =>
    (document.font(name) as unknown as { readonly _font: { readonly font: LoadedFont } })._font.font;
  const [regular, bold] = [loaded('regular'), loaded('bold')];
  return createMeter((character, isBold) => {
    const font = isBold ? bold : regular;
    const glyph = font.glyphForCodePoint(character.codePointAt(0)!);
    if (glyph.id === 0) missing.add(character);
    return glyph.advanceWidth / font.unitsPerEm;
  });
}

async function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of document) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
