import { printed, runsOf, type Line, type PageLines, type VerticalWord } from './page-lines.ts';

/** Everything that is printed as a label on an invoice: a value ends where the next one begins. */
const anyLabel =
  /发票号码|发票代码|开票日期|校验码|机器编号|密码区|(?<![物目务位额])名称:|统一社会信用代码|纳税人识别号|地址、?电话|开户行及账号|项目名称|规格型号|税率|价税合计|\(大写\)|\(小写\)|收款人|复核|开票人|备注:|购买方信息|销售方信息/g;

/** A label found, with the text behind it up to the next label or a wide gap. */
export interface Labelled {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** As printed, blanks between Latin words kept. */
  readonly value: string;
}

/** Every place where a label stands, from the top, then from the left. */
export function labelled({ lines }: PageLines, label: RegExp): Labelled[] {
  return lines.flatMap((line) =>
    [...line.text.matchAll(new RegExp(label, 'g'))].map((match) => {
      const end = match.index + match[0].length;
      return { x: line.glyphs[match.index]!.x, y: line.y, size: line.size, value: valueFrom(line, end) };
    }),
  );
}

function valueFrom(line: Line, from: number): string {
  const next = [...line.text.slice(from).matchAll(anyLabel)][0]?.index;
  const glyphs = line.glyphs.slice(from, next === undefined ? undefined : from + next);
  const gap = glyphs.findIndex((glyph, index) => index > 0 && glyph.x - glyphs[index - 1]!.end > 4 * line.size);
  const text = printed(gap < 0 ? glyphs : glyphs.slice(0, gap), line.size);
  return text.replace(/^[:：]/, '').trim();
}

/**
 * The value of a pattern at its label: behind it on the same line, else the nearest to the right or below (a form printed in two goes is
 * a little off), else the only one of the page.
 */
export function patternAt(page: PageLines, label: RegExp, pattern: RegExp): string | undefined {
  const [place] = labelled(page, label);
  const inValue = place && pattern.exec(place.value.normalize('NFKC').replace(/\s/g, ''));
  if (inValue) return inValue[0];
  const found = page.lines.flatMap((line) =>
    runsOf(line, 2).flatMap((run) =>
      [...run.text.matchAll(new RegExp(pattern, 'g'))].map((m) => ({ text: m[0], x: run.glyphs[m.index]!.x, y: line.y })),
    ),
  );
  if (place) {
    const near = found
      .filter(({ x, y }) => x >= place.x - place.size && Math.abs(y - place.y) < 2.5 * place.size)
      .sort((a, b) => distance(a, place) - distance(b, place));
    if (near[0]) return near[0].text;
  }
  return new Set(found.map(({ text }) => text)).size === 1 ? found[0]!.text : undefined;
}

const distance = (a: { x: number; y: number }, place: Labelled): number => 3 * Math.abs(a.y - place.y) + Math.abs(a.x - place.x);

/** A value with the lines on which it goes on below its label: those of its box, close together, down to the next label. */
function withMore({ lines, vertical }: PageLines, place: Labelled, others: readonly Labelled[]): Labelled {
  const beside = others.filter(({ x, y }) => x > place.x && Math.abs(y - place.y) < place.size);
  const boxes = vertical.filter(({ x, top, bottom }) => x > place.x && place.y > top - 2 * place.size && place.y < bottom + 2 * place.size);
  const right = Math.min(Infinity, ...[...beside, ...boxes].map(({ x }) => x));
  let { value } = place;
  let above = place.y;
  for (const line of lines) {
    if (line.y <= place.y + 0.4 * place.size) continue;
    if (line.y - above > 2 * place.size) break;
    const glyphs = line.glyphs.filter(({ x }) => x >= place.x - place.size && x < right - 0.3 * place.size);
    if (glyphs.length === 0) continue;
    if (
      glyphs
        .map(({ folded }) => folded)
        .join('')
        .search(anyLabel) >= 0
    )
      break;
    value += printed(glyphs, line.size);
    above = line.y;
  }
  return { ...place, value };
}

/** Buyer's and seller's value of one label: by the box it stands in, else the upper, then the left one is the buyer's. */
export function partyValues(page: PageLines, label: RegExp): { readonly buyer?: string; readonly seller?: string } {
  const found = labelled(page, label).filter(({ value }) => value !== '');
  const places = found.map((place) => withMore(page, place, found));
  const sides = places.map((place) => boxOf(page.vertical, place));
  const at = (side: 'buyer' | 'seller'): string | undefined => places[sides.indexOf(side)]?.value;
  if (sides.some((side) => side !== undefined)) return both(at('buyer'), at('seller'));
  const ordered = [...places].sort((a, b) => (Math.abs(a.y - b.y) < a.size ? a.x - b.x : a.y - b.y));
  return both(ordered[0]?.value, ordered[1]?.value);
}

const both = (buyer: string | undefined, seller: string | undefined): { buyer?: string; seller?: string } => ({
  ...(buyer !== undefined && { buyer }),
  ...(seller !== undefined && { seller }),
});

/** Whose box a place is in: the nearest word to its left that spans its height. */
function boxOf(vertical: readonly VerticalWord[], place: Labelled): 'buyer' | 'seller' | undefined {
  const [box] = vertical
    .filter(({ word, x, top, bottom }) => {
      const height = place.size * 2;
      return /^[购销]/.test(word) && x < place.x && place.y > top - height && place.y < bottom + height;
    })
    .sort((a, b) => b.x - a.x);
  if (!box) return undefined;
  return box.word.startsWith('购') ? 'buyer' : 'seller';
}
