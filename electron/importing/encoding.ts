import { isAscii, isUtf8 } from 'node:buffer';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/** A piece of decoded text; `damaged` when some bytes were no character of the encoding and became U+FFFD. `bytes` were consumed for it. */
export interface TextPiece {
  readonly text: string;
  readonly damaged: boolean;
  readonly bytes: number;
}

/** Non-ASCII bytes needed before the encoding is decided; fewer are held back until more come. */
const evidence = 64;
const mostHeld = 4 * 1024 * 1024;

/** Length of an unfinished UTF-8 character at the end of `bytes` (0–3). */
export function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? back : 0;
    }
  }
  return 0;
}

/** The encoding named by a byte order mark, or seen in the pattern of zero bytes; undefined for the 8-bit encodings. */
export function utf16Of(head: Uint8Array): { encoding: 'utf-16le' | 'utf-16be'; mark: number } | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  const pairs = Math.min(head.length, 4096) >> 1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  if (pairs < 4) return undefined;
  if (odd > pairs * 0.3 && even === 0) return { encoding: 'utf-16le', mark: 0 };
  if (even > pairs * 0.3 && odd === 0) return { encoding: 'utf-16be', mark: 0 };
  return undefined;
}

function countReplaced(text: string): number {
  let count = 0;
  for (let at = text.indexOf('�'); at !== -1; at = text.indexOf('�', at + 1)) count++;
  return count;
}

/** UTF-8 where the bytes are valid UTF-8, or nearly (a few broken characters in a file that plainly is); else GB18030. */
export function chooseEncoding(sample: Buffer): 'utf-8' | 'gb18030' {
  const whole = sample.subarray(0, sample.length - unfinishedUtf8(sample));
  if (isUtf8(whole)) return 'utf-8';
  const text = whole.toString('utf8');
  const broken = countReplaced(text);
  let characters = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) characters++;
  // Of GB18030 text taken for UTF-8, four characters in five are broken.
  return broken * 4 <= characters - broken ? 'utf-8' : 'gb18030';
}

function nonAscii(bytes: Buffer): number {
  let count = 0;
  for (let i = 0; i < bytes.length && count < evidence; i++) if ((bytes[i] ?? 0) > 0x7f) count++;
  return count;
}

/** Turns bytes into text piece by piece; a character is never cut at a chunk's border. Pass an encoding to skip the sniffing. */
export class TextStream {
  encoding: TextEncoding | undefined;
  private held: Buffer = Buffer.alloc(0);
  private decoder: InstanceType<typeof TextDecoder> | undefined;
  private started = false;

  constructor(encoding?: TextEncoding) {
    this.encoding = encoding;
  }

  /** The text of `chunk` as far as it is certain; `final` flushes what was held back. */
  push(chunk: Buffer, final: boolean): TextPiece {
    const bytes = this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk;
    this.held = Buffer.alloc(0);
    const piece = this.decode(bytes, final);
    if (this.started || piece.text === '') return { ...piece, bytes: chunk.length };
    this.started = true;
    const text = piece.text.charCodeAt(0) === 0xfeff ? piece.text.slice(1) : piece.text;
    return { text, damaged: piece.damaged, bytes: chunk.length };
  }

  private hold(bytes: Buffer): { text: string; damaged: boolean } {
    this.held = bytes;
    return { text: '', damaged: false };
  }

  private decode(bytes: Buffer, final: boolean): { text: string; damaged: boolean } {
    if (this.encoding === undefined) {
      if (!this.started && bytes.length < 8 && !final) return this.hold(bytes);
      const wide = this.started ? undefined : utf16Of(bytes);
      if (wide) this.encoding = wide.encoding;
      else if (isAscii(bytes)) return { text: bytes.toString('latin1'), damaged: false };
      else if (!final && nonAscii(bytes) < evidence && bytes.length < mostHeld) return this.hold(bytes);
      else this.encoding = chooseEncoding(bytes);
    }
    return this.encoding === 'utf-8' ? this.decodeUtf8(bytes, final) : this.decodeOther(this.encoding, bytes, final);
  }

  private decodeUtf8(bytes: Buffer, final: boolean): { text: string; damaged: boolean } {
    const cut = final ? 0 : unfinishedUtf8(bytes);
    const whole = cut > 0 ? bytes.subarray(0, bytes.length - cut) : bytes;
    if (cut > 0) this.held = Buffer.from(bytes.subarray(bytes.length - cut));
    const text = whole.toString('utf8');
    return { text, damaged: text.includes('�') && !isUtf8(whole) };
  }

  private decodeOther(encoding: TextEncoding, bytes: Buffer, final: boolean): { text: string; damaged: boolean } {
    this.decoder ??= new TextDecoder(encoding, { ignoreBOM: true });
    const text = this.decoder.decode(bytes, { stream: !final });
    return { text, damaged: text.includes('�') };
  }
}
