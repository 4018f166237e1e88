/** What the modules of the stand-in share: the app's package, the command line, the stage of its life, its windows. */
export const packageInfo = { dir: process.cwd(), name: 'Electron', version: '0.0.0' };
export const switches = new Map<string, string>();
export const life = { ready: false, quitting: false };
/** Open windows; `close` answers false when a listener kept the window. */
export const windows = new Set<{ close(): boolean }>();

let tell!: () => void;
export const whenReady = new Promise<void>((resolve) => (tell = resolve));
export function becomeReady(): void {
  life.ready = true;
  tell();
}
