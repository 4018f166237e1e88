import os from 'node:os';

/** The name given, else the one the person is known by on this computer. */
export function knownName(by: string | undefined): string {
  if (by?.trim()) return by.trim();
  try {
    return os.userInfo().username;
  } catch {
    return '';
  }
}
