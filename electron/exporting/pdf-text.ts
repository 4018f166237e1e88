/** Measures and breaks text for cells drawn by hand: pdfkit's own wrapping measures every word anew and is a hundred times slower. */
export interface TextMeter {
  /** Width in points of one line. */
  width(text: string, size: number, bold: boolean): number;
  /** The lines that fit `width`, broken at blanks and between Chinese characters, inside a word only where it alone is too long. */
  wrap(text: string, width: number, size: number, bold: boolean): string[];
  /** The largest of the sizes at which no word of the text is too long for `width`; the first where none will do. */
  fit(text: string, width: number, sizes: readonly [number, ...number[]], bold: boolean): number;
}

/** A meter over the advance of single characters (1 = font size); kerning is switched off where the text is drawn. */
export function createMeter(advance: (character: string, bold: boolean) => number): TextMeter {
  const known = { plain: new Map<string, number>(), bold: new Map<string, number>() };
  const of = (character: string, bold: boolean): number => {
    const cache = bold ? known.bold : known.plain;
    let wide = cache.get(character);
    if (wide === undefined) cache.set(character, (wide = advance(character, bold)));
    return wide;
  };
  const width = (text: string, size: number, bold: boolean): number => {
    let sum = 0;
    for (const character of text) sum += of(character, bold);
    return sum * size;
  };
  const wrap = (text: string, limit: number, size: number, bold: boolean): string[] =>
    text.split('\n').flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const piece of pieces(paragraph, (word) => width(word, size, bold) > limit)) {
        if (line !== '' && width(line + piece.trimEnd(), size, bold) > limit) {
          lines.push(line.trimEnd());
          line = piece.trimStart();
        } else line += piece;
      }
      return [...lines, line.trimEnd()];
    });
  const fit = (text: string, limit: number, sizes: readonly [number, ...number[]], bold: boolean): number =>
    sizes.find((size) => (text.match(piece) ?? []).every((word) => width(word.trimEnd(), size, bold) <= limit)) ?? sizes[0];
  return { width, wrap, fit };
}

/** Opening brackets stay with what follows them, closing ones and stops with what they follow. */
const piece = /[（《“‘【「]*(?:[\p{Script=Latin}\d_.,:;#&%+\-/@()'"]+|[^\s])[），。、；：》”’】」！？]*\s*|\s+/gu;
/** The characters of a word that is broken inside; a stop never begins a line. */
const broken = /[（《“‘【「]*[^\s][），。、；：》”’】」！？]*\s*|\s+/gu;

/** Words with the blanks after them, single Chinese characters, and the single characters of a word that is too long. */
function pieces(text: string, tooLong: (word: string) => boolean): string[] {
  return (text.match(piece) ?? []).flatMap((word) => (tooLong(word.trimEnd()) ? (word.match(broken) ?? []) : [word]));
}
