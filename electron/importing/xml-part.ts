import { isUtf8 } from 'node:buffer';
import { TextStream, unfinishedUtf8, utf16Of, type TextEncoding } from './encoding.ts';
import { corrupt, refusal } from './refusals.ts';
import { attributesOf } from './xml-text.ts';
import { XmlTokenizer } from './xml-tokenizer.ts';

/** One element of a small part: its path of local names (`styleSheet/cellXfs/xf`), attributes by local name, and the text directly in it. */
export interface XmlElement {
  readonly path: string;
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
}

class ElementList extends XmlTokenizer {
  readonly elements: XmlElement[] = [];
  private readonly path: string[] = [];
  private readonly holders: XmlElement[] = [];

  protected override onOpen(name: string, from: number, to: number): void {
    this.path.push(name);
    const element = { path: this.path.join('/'), attributes: attributesOf(this.slice(from, to)), text: '' };
    this.elements.push(element);
    this.holders.push(element);
    this.capturing = true;
  }

  protected override onClose(): void {
    this.path.pop();
    this.holders.pop();
  }

  protected override onText(text: string): void {
    const holder = this.holders.at(-1);
    if (holder) holder.text += text;
  }
}

/** The elements of a small part, in document order; `part` names it in messages. */
export async function elementsOf(part: string, chunks: AsyncIterable<Buffer>): Promise<XmlElement[]> {
  const list = new ElementList(part);
  for await (const bytes of utf8Part(part, chunks)) list.feed(bytes);
  list.finish();
  return list.elements;
}

function declaredEncoding(part: string, head: Buffer): TextEncoding {
  const wide = utf16Of(head);
  if (wide) return wide.encoding;
  const declared = /^\s*(?:\u00EF\u00BB\u00BF)?<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/
    .exec(head.toString('latin1', 0, 200))?.[1]
    ?.toLowerCase();
  if (declared === undefined || declared === 'utf-8' || declared === 'utf8' || declared === 'us-ascii') return 'utf-8';
  if (declared === 'gb2312' || declared === 'gbk' || declared === 'gb18030') return 'gb18030';
  throw corrupt(`${part} 的编码 ${declared} 不受支持`, `${part} has the unsupported encoding ${declared}`);
}

/** Bytes needed to see a part's encoding. */
const headBytes = 256;

/**
 * An XML part as UTF-8 bytes without a byte order mark, cut between characters. Other encodings that a byte order mark or the declaration names are
 * converted; bytes that are no character are damage.
 */
export async function* utf8Part(part: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let convert: ((bytes: Buffer, final: boolean) => Buffer) | undefined;
  for await (const chunk of chunks) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    if (!convert && held.length < headBytes) continue;
    convert ??= converter(part, held);
    const cut = convert === keepUtf8 ? unfinishedUtf8(held) : 0;
    const bytes = convert(held.subarray(0, held.length - cut), false);
    held = Buffer.from(held.subarray(held.length - cut));
    if (bytes.length > 0) yield checked(part, bytes);
  }
  convert ??= converter(part, held);
  yield checked(part, convert(held, true));
}

function keepUtf8(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function converter(part: string, head: Buffer): (bytes: Buffer, final: boolean) => Buffer {
  const encoding = declaredEncoding(part, head);
  if (encoding === 'utf-8') return keepUtf8;
  const stream = new TextStream(encoding);
  return (bytes, final) => {
    const piece = stream.push(bytes, final);
    if (piece.damaged) throw undecodable(part);
    return Buffer.from(piece.text);
  };
}

function checked(part: string, bytes: Buffer): Buffer {
  if (!isUtf8(bytes)) throw undecodable(part);
  return bytes;
}

function undecodable(part: string): Error {
  return corrupt(`${part} 含有无法识别的字节`, `${part} holds bytes that are no character`);
}

/** Bytes of a part that is too large to be what it should be. */
export function partTooLarge(part: string): Error {
  return refusal('archive.too-large', { zh: `工作簿的 ${part}`, en: `${part} of the workbook` });
}
