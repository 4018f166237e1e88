export type Delimiter = ',' | '\t' | ';';

const candidates: readonly Delimiter[] = [',', '\t', ';'];

/** Excel's first line `sep=;`, which names the delimiter and is not data. */
export const separatorLine = /^sep=([,;\t])\r?(?:\n|$)/i;

function countsPerLine(sample: string, delimiter: Delimiter): number[] {
  const counts: number[] = [];
  let count = 0;
  let quoted = false;
  for (let i = 0; i < sample.length && counts.length < 100; i++) {
    const char = sample[i];
    if (char === '"') quoted = !quoted;
    else if (char === '\n') {
      counts.push(count);
      count = 0;
    } else if (!quoted && char === delimiter) {
      // Tabs that shield an id from Excel stand beside the true delimiter and say nothing.
      const shield = delimiter === '\t' && (isRival(sample[i - 1]) || isRival(sample[i + 1]));
      if (!shield) count++;
    }
  }
  if (count > 0) counts.push(count);
  return counts;
}

function isRival(char: string | undefined): boolean {
  return char === ',' || char === ';';
}

/** Comma, tab or semicolon: the one that divides the first lines most, and most evenly; a comma where nothing divides them. */
export function sniffDelimiter(sample: string): Delimiter {
  const named = separatorLine.exec(sample)?.[1] as Delimiter | undefined;
  if (named) return named;
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of candidates) {
    const counts = countsPerLine(sample, delimiter).filter((count) => count > 0);
    const frequency = new Map<number, number>();
    for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
    let score = 0;
    for (const [count, lines] of frequency) score = Math.max(score, count * lines);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}
