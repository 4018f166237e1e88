/** Opens an address in the default browser. */
import { spawn } from 'node:child_process';

const opener = (url) => {
  if (process.platform === 'darwin') return ['open', [url]];
  // `start` is cmd's own; its first quoted argument would be a window title.
  if (process.platform === 'win32') return ['cmd', ['/c', 'start', '', url.replaceAll('&', '^&')]];
  return ['xdg-open', [url]];
};

/** Answers whether a browser took the address. Waits for the opener, not for the browser. */
export function openInBrowser(url) {
  const [program, args] = opener(url);
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: process.platform !== 'win32' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    child.unref();
  });
}
