import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stopChromium } from './chromium.ts';
import { preventable, strict } from './strict.ts';
import { life, packageInfo, switches, whenReady, windows } from './surroundings.ts';

const paths = new Map<string, string>();

class App extends EventEmitter {
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value?: string) => void switches.set(name, value ?? ''),
    hasSwitch: (name: string) => switches.has(name),
    getSwitchValue: (name: string) => switches.get(name) ?? '',
  } satisfies Pick<Electron.CommandLine, 'appendSwitch' | 'hasSwitch' | 'getSwitchValue'>);
  readonly isPackaged = false;
  get name(): string {
    return packageInfo.name;
  }
  whenReady = (): Promise<void> => whenReady;
  isReady = (): boolean => life.ready;
  getName = (): string => packageInfo.name;
  getVersion = (): string => packageInfo.version;
  getLocale = (): string => 'zh-CN';
  getAppPath = (): string => packageInfo.dir;
  requestSingleInstanceLock = (): boolean => true;
  getPath(name: string): string {
    const appData = process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config');
    const known = new Map([
      ['home', os.homedir()],
      ['appData', appData],
      ['userData', path.join(appData, packageInfo.name)],
      ['temp', os.tmpdir()],
      ['exe', process.argv[0] ?? ''],
      ...paths,
    ]);
    const folder = known.get(name);
    if (folder === undefined) throw new Error(`Failed to get '${name}' path`);
    if (name === 'userData') fs.mkdirSync(folder, { recursive: true });
    return folder;
  }
  setPath(name: string, value: string): void {
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    paths.set(name, value);
  }
  quit(): void {
    if (life.quitting) return;
    life.quitting = true;
    const before = preventable();
    this.emit('before-quit', before);
    life.quitting = !before.defaultPrevented && [...windows].every((window) => window.close());
    if (!life.quitting) return;
    const will = preventable();
    this.emit('will-quit', will);
    if (will.defaultPrevented) life.quitting = false;
    else this.exit(0);
  }
  exit(code = 0): void {
    this.emit('quit', {}, code);
    stopChromium();
    process.exit(code);
  }
}
type Imitated =
  | 'commandLine' | 'isPackaged' | 'name' | 'whenReady' | 'isReady' | 'getName' | 'getVersion' | 'getLocale' | 'getAppPath'
  | 'requestSingleInstanceLock' | 'setPath' | 'quit' | 'exit'; // prettier-ignore
export const app = strict('app', new App() satisfies Omit<Pick<Electron.App, Imitated>, 'commandLine'>);
