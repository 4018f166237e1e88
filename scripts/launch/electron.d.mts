/** The executable's path, fetched first where it is missing; undefined where it cannot be had. */
export function fetchElectron(): Promise<string | undefined>;
