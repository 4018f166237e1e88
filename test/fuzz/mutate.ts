/** A small generator of the same numbers on every machine (mulberry32): gives whole numbers below its argument. */
export type Numbers = (below: number) => number;

export function numbers(seed: number): Numbers {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What breaks readers: quotes, delimiters, line ends, marks of XML and of zip, numbers at their borders. */
const bites = ['"', '""', ',', ';', '\t', '\n', '\r', '\r\n', '\0', '\uFEFF', '<', '>', '&', '&#0;', ']]>', '<!--', '</row>', '</c>', '/>', "'", '合计', '=', '-', '1E+19', '９', '65535', '-1', 'PK\u0003\u0004', '\u{1F600}']; // prettier-ignore

/** One to four changes: a byte, a run taken out, repeated or moved, something inserted that bites, or the end cut off. */
export function mutated(bytes: Buffer, next: Numbers): Buffer {
  let result: Buffer = Buffer.from(bytes);
  for (let changes = 1 + next(4); changes > 0 && result.length > 4; changes--) {
    const at = next(result.length);
    const run = 1 + next(Math.min(40, result.length));
    const kind = next(13);
    const [before, after] = [result.subarray(0, at), result.subarray(at)];
    if (kind < 5) result[at] = next(256);
    else if (kind < 7) result = Buffer.concat([before, result.subarray(at + run)]);
    else if (kind < 9) result = Buffer.concat([before, result.subarray(at, at + run), after]);
    else if (kind < 11) result = Buffer.concat([before, Buffer.from(bites[next(bites.length)]!), after]);
    else if (kind < 12) result = moved(result, at, run, next(result.length));
    else result = result.subarray(0, Math.max(1, at));
  }
  return result;
}

function moved(bytes: Buffer, at: number, run: number, to: number): Buffer {
  const rest = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + run)]);
  return Buffer.concat([rest.subarray(0, to), bytes.subarray(at, at + run), rest.subarray(to)]);
}
