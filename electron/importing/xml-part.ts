import { TextStream, utf16Of, type TextEncoding } from './encoding.ts';
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
    const element = { path: this.path.join('/'), attributes: attributesOf(this.buffer, from, to), text: '' };
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
  for await (const text of partText(part, chunks)) list.feed(text);
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

/** The text of an XML part: UTF-8 unless a byte order mark or its declaration says otherwise; bytes that are no character are damage. */
export async function* partText(part: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let stream: TextStream | undefined;
  let head: Buffer = Buffer.alloc(0);
  const decode = (bytes: Buffer, final: boolean): string => {
    stream ??= new TextStream(declaredEncoding(part, bytes));
    const piece = stream.push(bytes, final);
    if (piece.damaged) throw corrupt(`${part} 含有无法识别的字节`, `${part} holds bytes that are no character`);
    return piece.text;
  };
  for await (const chunk of chunks) {
    if (stream) {
      yield decode(chunk, false);
      continue;
    }
    head = head.length > 0 ? Buffer.concat([head, chunk]) : chunk;
    if (head.length < 256) continue;
    const text = decode(head, false);
    head = Buffer.alloc(0);
    yield text;
  }
  yield decode(head, true);
}

/** Bytes of a part that is too large to be what it should be. */
export function partTooLarge(part: string): Error {
  return refusal('archive.too-large', { zh: `工作簿的 ${part}`, en: `${part} of the workbook` });
}
