/** A number of rows or findings for people: thousands separators ("3,086"). */
export const displayCount = (count: number | bigint): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** A number with what it counts, in English: "1 row", "3,086 rows". `one` and `many` may hold the verb that goes with it; without `many` an s is added. */
export const counted = (count: number | bigint, one: string, many = `${one}s`): string =>
  `${displayCount(count)} ${Number(count) === 1 ? one : many}`;
