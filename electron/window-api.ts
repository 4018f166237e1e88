import type { Reply } from './contract.ts';
import type { PrintOutcome } from './hosts/print-pdf.ts';

/** A file or folder that the person chose: the token is what methods take; the size is in bytes, 0 for a folder. */
export interface ChosenFile {
  readonly token: string;
  readonly name: string;
  readonly size: number;
}

export interface ChooseOptions {
  /** Choose folders instead of files. */
  readonly folders?: boolean;
  readonly multiple?: boolean;
}

/** Rejections carry one sentence in Chinese and one in English, a line each. */
export interface WindowFiles {
  /** The files of a drop or of a file input; folders too. In a browser they are copied to the session's temporary folder first. */
  fromDrop(files: File[]): Promise<ChosenFile[]>;
  /** Asks the person; empty when they cancel. */
  choose(options: ChooseOptions): Promise<ChosenFile[]>;
  /** The bytes of a PDF of ours, for the page to show. */
  read(token: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Saves a copy; false when the person cancels. A browser asks for itself, so there it is always true. */
  save(token: string, suggestedName: string): Promise<boolean>;
  /** Prints a result through the system's dialog, or opens it in a viewer that prints it; says which. A browser always opens it. */
  print(token: string): Promise<PrintOutcome>;
}

/** What a page finds on `window.hezhang`, whether Electron's preload or the loopback host's bridge.js put it there. */
export interface WindowApi {
  readonly host: 'electron' | 'browser';
  /** One method of the contract; what the app refuses comes as a reply, a lost connection as a rejection. */
  call(method: string, input: unknown): Promise<Reply>;
  /** Hears every event; returns what stops it. */
  on(listener: (event: string, payload: unknown) => void): () => void;
  readonly files: WindowFiles;
}
