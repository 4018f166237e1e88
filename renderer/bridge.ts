import type { Reply } from '../electron/contract.ts';
import type { ChosenFile, ChooseOptions, WindowApi } from '../electron/window-api.ts';

/** In a plain browser this stands where Electron's preload stands: the loopback host puts it before the page's own script. */
const listeners = new Set<(event: string, payload: unknown) => void>();
/** Folders of the last drop: a page's File for a folder cannot be read, the entry behind it can. */
let droppedFolders: FileSystemDirectoryEntry[] = [];

window.addEventListener(
  'drop',
  (event) => {
    const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
    droppedFolders = entries.filter((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory === true);
  },
  { capture: true },
);

new EventSource('/events').addEventListener('message', (message: MessageEvent<string>) => {
  const { event, payload } = JSON.parse(message.data) as { event: string; payload: unknown };
  for (const listener of listeners) listener(event, payload);
});

async function post(path: string, body: BodyInit, headers: Record<string, string>): Promise<unknown> {
  const reply = (await (await fetch(path, { method: 'POST', body, headers })).json()) as Reply;
  if (reply.ok) return reply.value;
  throw new Error(sentences(reply));
}

const sentences = (reply: Reply): string => (reply.ok ? '' : `${reply.error.message.zh}\n${reply.error.message.en}`);

async function upload(files: readonly { readonly file: File; readonly name: string }[]): Promise<ChosenFile[]> {
  const chosen: ChosenFile[] = [];
  for (const { file, name } of files) {
    const headers = { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) };
    chosen.push((await post('/files', file, headers)) as ChosenFile);
  }
  return chosen;
}

async function filesIn(folder: FileSystemDirectoryEntry): Promise<{ file: File; name: string }[]> {
  const reader = folder.createReader();
  const found: { file: File; name: string }[] = [];
  // A reader hands out its entries in batches; an empty one is the last.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const entry of batch) {
      if (entry.isDirectory) found.push(...(await filesIn(entry as FileSystemDirectoryEntry)));
      else {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
        found.push({ file, name: entry.fullPath.replace(/^\//, '') });
      }
    }
  }
}

async function fromDrop(files: File[]): Promise<ChosenFile[]> {
  const folders = droppedFolders;
  droppedFolders = [];
  const found: { file: File; name: string }[] = [];
  for (const file of files) {
    const folder = folders.find((entry) => entry.name === file.name);
    if (folder) found.push(...(await filesIn(folder)));
    else found.push({ file, name: file.webkitRelativePath || file.name });
  }
  return upload(found);
}

function choose({ folders = false, multiple = false }: ChooseOptions): Promise<ChosenFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = multiple;
  input.webkitdirectory = folders;
  return new Promise((resolve, reject) => {
    input.addEventListener('cancel', () => resolve([]));
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
      upload(files).then(resolve, reject);
    });
    input.click();
  });
}

const addressOf = (token: string): string => `/download/${encodeURIComponent(token)}`;

function follow(address: string, saveAs?: string): void {
  const link = document.createElement('a');
  link.href = address;
  // Marked as a download it is no navigation, so that a second one does not cut the first off.
  if (saveAs !== undefined) link.download = saveAs;
  else link.target = '_blank';
  link.click();
}

const api: WindowApi = {
  host: 'browser',
  async call(method, input) {
    const response = await fetch(`/call/${encodeURIComponent(method)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input ?? {}),
    });
    return (await response.json()) as Reply;
  },
  on(listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  files: Object.freeze({
    fromDrop,
    choose,
    async read(token: string) {
      const reply = await fetch(addressOf(token));
      if (!reply.ok) throw new Error(sentences((await reply.json()) as Reply));
      return new Uint8Array(await reply.arrayBuffer());
    },
    async save(token: string, suggestedName: string) {
      follow(`${addressOf(token)}?save=${encodeURIComponent(suggestedName)}`, suggestedName);
      return true;
    },
    async print(token: string) {
      follow(addressOf(token));
      return 'viewer' as const;
    },
  }),
};

Object.defineProperty(window, 'hezhang', { value: Object.freeze(api), enumerable: true });
