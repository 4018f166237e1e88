/**
 * How often a property is tried: the same cases in every build, so that what passed passes again; `RUNS=1000 npx vitest run FILE` tries so many others, and
 * a case that fails is written down as an example.
 */
export const propertyRuns = (numRuns: number): { readonly numRuns: number; readonly seed?: number } =>
  process.env['RUNS'] === undefined ? { numRuns, seed: 14 } : { numRuns: Number(process.env['RUNS']) };
