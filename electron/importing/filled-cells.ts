/** The first cell of a row that is not blank; -1 where all are. */
export function firstCell(texts: readonly string[]): number {
  for (let i = 0; i < texts.length; i++) if (texts[i] !== '' && texts[i]!.trim() !== '') return i;
  return -1;
}

/** The last of them. */
export function lastCell(texts: readonly string[]): number {
  for (let i = texts.length - 1; i >= 0; i--) if (texts[i] !== '' && texts[i]!.trim() !== '') return i;
  return -1;
}
