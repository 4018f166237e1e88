/** Where a key leads from row `at` of `count` rows; undefined for keys that do not move. */
export function nextIndex(
  event: { readonly key: string; readonly altKey: boolean },
  at: number,
  count: number,
  page: number,
): number | undefined {
  if (count === 0 || event.altKey) return undefined;
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }[event.key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}
