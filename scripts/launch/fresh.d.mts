/** Builds the named parts that are out of date; ends the process when the build fails. */
export function ensureBuilt(names?: readonly ('node' | 'renderer')[]): void;
