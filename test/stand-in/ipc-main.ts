import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

type Listener = (event: any, ...args: any[]) => unknown;
const handlers = new Map<string, Listener>();

class IpcMain extends EventEmitter {
  handle(channel: string, listener: Listener): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, listener);
  }
  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}
export const ipcMain = strict('ipcMain', new IpcMain() satisfies Pick<Electron.IpcMain, 'handle' | 'removeHandler'>);

/** Calls what the app registered for the channel. */
export async function invoke(channel: string, event: unknown, args: unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  return handler(event, ...args);
}
