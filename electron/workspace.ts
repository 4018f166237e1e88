import os from 'node:os';
import path from 'node:path';

/**
 * The workspace's absolute path: the one given, else `HEZHANG_WORKSPACE`, else the app's own data folder; an empty text counts as not given. The
 * window and the command line find the same one.
 */
export function workspaceFolder(given?: string): string {
  return path.resolve(given || process.env['HEZHANG_WORKSPACE'] || path.join(dataFolder(), 'Hezhang'));
}

function dataFolder(): string {
  const home = os.homedir();
  if (process.platform === 'darwin') return path.join(home, 'Library/Application Support');
  if (process.platform === 'win32') return process.env['APPDATA'] || path.join(home, 'AppData/Roaming');
  return process.env['XDG_DATA_HOME'] || path.join(home, '.local/share');
}
