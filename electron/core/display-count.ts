/** A number of rows or findings for people: thousands separators ("3,086"). */
export const displayCount = (count: number | bigint): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
