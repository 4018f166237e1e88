const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function entityText(whole: string, body: string): string {
  if (!body.startsWith('#')) return named[body] ?? whole;
  const code = body[1] === 'x' || body[1] === 'X' ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Character data as XML means it: entities resolved, line ends made `\n`. Unknown entities stay as they stand. */
export function xmlText(raw: string): string {
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  return text.includes('&') ? text.replace(/&(#[xX]?[0-9A-Fa-f]+|[A-Za-z]+);/g, entityText) : text;
}

/** OOXML's `_x000D_` escapes resolved (ECMA-376 ST_Xstring); `_x005F_` is the underscore that shields one. */
export function unescapeX(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Name without its namespace prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** The attributes of a tag (what stands behind its name), by local name; either quote, any order. */
export function attributesOf(tag: string): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = /([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  for (const [, name = '', double, single] of tag.matchAll(pattern)) {
    const value = xmlText(double ?? single ?? '');
    const local = localName(name);
    // Beside a prefixed attribute (`r:id`) the plain one of the same name wins; no part read here has both with different meanings.
    if (local === name || !found.has(local)) found.set(local, value);
  }
  return found;
}
