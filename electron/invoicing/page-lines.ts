import { withoutRadical } from './radicals.ts';

/** A text on a page: its left edge, its baseline (growing downwards), width (0 where it is not known) and character height, in the page's own unit. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

/** One character that is no blank: `folded` is its plain form (half-width, no compatibility variants). */
export interface Glyph {
  readonly raw: string;
  readonly folded: string;
  readonly x: number;
  readonly end: number;
}

/** Characters on one line from left to right; `text` holds their folded forms, one for each glyph. */
export interface Line {
  readonly y: number;
  readonly size: number;
  readonly glyphs: readonly Glyph[];
  readonly text: string;
}

/** A word written downwards, one character below the other ("购买方信息"). */
export interface VerticalWord {
  readonly word: string;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PageLines {
  readonly lines: readonly Line[];
  readonly vertical: readonly VerticalWord[];
}

/** Words that invoices write downwards beside their boxes. */
const verticalWords = /购买方信息|销售方信息|购买方|销售方|购货单位|销货单位|购方|销方|密码区|备注/;

/** Puts the texts of a page into lines by position, whatever their order in the file; words written downwards stand apart. */
export function pageLines(texts: readonly PlacedText[]): PageLines {
  const rows: { y: number; size: number; glyphs: Glyph[] }[] = [];
  const sorted = texts.filter((t) => t.text.trim() !== '' && t.size > 0 && Number.isFinite(t.x + t.y + t.width)).sort((a, b) => a.y - b.y);
  for (const text of sorted) {
    const last = rows.at(-1);
    if (last && text.y - last.y <= 0.5 * Math.min(text.size, last.size)) last.glyphs.push(...glyphsOf(text));
    else rows.push({ y: text.y, size: text.size, glyphs: glyphsOf(text) });
  }
  const lines = rows.map((row) => toLine(row.y, row.size, row.glyphs));
  const vertical = findVertical(lines);
  const taken = new Set(vertical.flatMap(({ glyphs }) => glyphs));
  return {
    lines: lines
      .map((line) =>
        toLine(
          line.y,
          line.size,
          line.glyphs.filter((glyph) => !taken.has(glyph)),
        ),
      )
      .filter(({ glyphs }) => glyphs.length > 0),
    vertical: vertical.map(({ word, x, top, bottom }) => ({ word, x, top, bottom })),
  };
}

function toLine(y: number, size: number, glyphs: readonly Glyph[]): Line {
  const ordered = [...glyphs].sort((a, b) => a.x - b.x);
  return { y, size, glyphs: ordered, text: ordered.map(({ folded }) => folded).join('') };
}

/** A text's characters with their places: wide ones take two parts of its width, narrow ones one. */
function glyphsOf({ text, x, width, size }: PlacedText): Glyph[] {
  const characters = [...text].map(withoutRadical);
  const parts = characters.map((c) => (c.codePointAt(0)! < 0x2000 ? 1 : 2));
  const total = parts.reduce((sum: number, part) => sum + part, 0);
  const unit = (width > 0 ? width : (size * total) / 2) / total;
  const glyphs: Glyph[] = [];
  let at = x;
  for (const [index, raw] of characters.entries()) {
    const end = at + unit * parts[index]!;
    const folded = fold(raw);
    if (folded !== '') glyphs.push({ raw, folded, x: at, end });
    at = end;
  }
  return glyphs;
}

function fold(raw: string): string {
  const plain = raw.normalize('NFKC').replace(/[\s\u200B-\u200F\uFEFF]/g, '');
  return plain.length === 1 ? plain : plain === '' ? '' : raw.length === 1 ? raw : '□';
}

/** Parts of a line between gaps wider than `gap` character heights. */
export function runsOf(line: Line, gap = 0.6): Line[] {
  const runs: Glyph[][] = [];
  for (const glyph of line.glyphs) {
    const run = runs.at(-1);
    if (run && glyph.x - run.at(-1)!.end <= gap * line.size) run.push(glyph);
    else runs.push([glyph]);
  }
  return runs.map((glyphs) => toLine(line.y, line.size, glyphs));
}

/** Characters as printed, with a blank where a Latin one stands apart from its neighbour. */
export function printed(glyphs: readonly Glyph[], size: number): string {
  let text = '';
  for (const [index, glyph] of glyphs.entries()) {
    const before = glyphs[index - 1];
    const apart = before !== undefined && glyph.x - before.end > 0.2 * size;
    if (apart && /[ -~]/.test(before.raw + glyph.raw)) text += ' ';
    text += glyph.raw;
  }
  return text;
}

interface Single {
  readonly glyph: Glyph;
  readonly y: number;
  readonly size: number;
}

/** Chains of lone characters one below the other that make a word of invoices. */
function findVertical(lines: readonly Line[]): (VerticalWord & { readonly glyphs: readonly Glyph[] })[] {
  const singles = lines.flatMap((line) =>
    runsOf(line)
      .filter(({ glyphs, text }) => glyphs.length === 1 && /\p{Script=Han}/u.test(text))
      .map(({ glyphs }): Single => ({ glyph: glyphs[0]!, y: line.y, size: line.size })),
  );
  const used = new Set<Single>();
  const words: (VerticalWord & { glyphs: Glyph[] })[] = [];
  for (const start of singles) {
    if (used.has(start)) continue;
    const chain = [start];
    for (const next of singles) {
      const last = chain.at(-1)!;
      const below = next.y - last.y;
      if (Math.abs(next.glyph.x - last.glyph.x) < 0.5 * last.size && below > 0.5 * last.size && below < 3.2 * last.size) chain.push(next);
    }
    const word = chain.map(({ glyph }) => glyph.folded).join('');
    const match = verticalWords.exec(word);
    if (!match) continue;
    const part = chain.slice(match.index, match.index + match[0].length);
    for (const one of part) used.add(one);
    const [top, bottom] = [part[0]!.y, part.at(-1)!.y];
    words.push({ word: match[0], x: part[0]!.glyph.x, top, bottom, glyphs: part.map(({ glyph }) => glyph) });
  }
  return words;
}
