/**
 * Forms of characters as parts of others (Unicode's CJK Radicals Supplement) that have no compatibility decomposition, with the characters
 * themselves. Fonts share one glyph between both, and programs that write PDF then name the wrong one: 长 comes out as ⻓.
 */
const supplement = new Map(
  [...'⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙'].flatMap(
    (radical, index, all) => (index % 2 === 0 ? [[radical, all[index + 1]!] as const] : []),
  ),
);

/** The character that a radical stands for; any other as it is. */
export function withoutRadical(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x2e80 || code > 0x2fdf) return character;
  return supplement.get(character) ?? character.normalize('NFKC');
}
