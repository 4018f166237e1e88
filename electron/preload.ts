import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Reply } from './contract.ts';
import type { WindowApi } from './window-api.ts';

const invoke = (channel: string, ...args: unknown[]): Promise<Reply> => ipcRenderer.invoke(channel, ...args) as Promise<Reply>;

/** The value of a reply; a refusal rejects with its two sentences. */
async function value<T>(channel: string, ...args: unknown[]): Promise<T> {
  const reply = await invoke(channel, ...args);
  if (reply.ok) return reply.value as T;
  throw new Error(`${reply.error.message.zh}\n${reply.error.message.en}`);
}

const api: WindowApi = {
  host: 'electron',
  call: (method, input) => invoke('call', method, input),
  on(listener) {
    const heard = (_event: unknown, name: string, payload: unknown): void => listener(name, payload);
    ipcRenderer.on('event', heard);
    return () => void ipcRenderer.off('event', heard);
  },
  files: {
    // Only a File that came from the system has a path; the page never sees it.
    fromDrop: (files) =>
      value(
        'files.drop',
        files.map((file) => webUtils.getPathForFile(file)),
      ),
    choose: (options) => value('files.choose', options),
    read: (token) => value('files.read', token),
    save: (token, suggestedName) => value('files.save', token, suggestedName),
    print: (token) => value('files.print', token),
  },
};

contextBridge.exposeInMainWorld('hezhang', api);
