/** For JSON.stringify: a bigint as "123n". */
export const bigintText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
/** For JSON.parse: "123n" as the bigint it was. */
export const textBigint = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value;
