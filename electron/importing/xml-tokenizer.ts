import { corrupt } from './refusals.ts';
import { localName, xmlText } from './xml-text.ts';

/** Bytes one tag or one text may have. */
const longestToken = 16 * 1024 * 1024;

const byte = { space: 32, exclamation: 33, double: 34, single: 39, slash: 47, less: 60, greater: 62, question: 63 } as const;

/** What `toString('utf8')` calls after looking at its arguments; those looks cost more than a short text's decoding. */
interface SlicingBuffer extends Buffer {
  utf8Slice(from: number, to: number): string;
}

/**
 * A streaming XML tokenizer over UTF-8 bytes: chunks in, tags out; a token cut by a chunk's border waits for the rest.
 * It scans bytes and cuts ASCII out of a Latin-1 view of them, which is several times faster than scanning strings.
 * Subclasses get local names; attributes lie between the offsets given. Nesting is checked, damage refused.
 */
export abstract class XmlTokenizer {
  protected bytes: Buffer = Buffer.alloc(0);
  /** `bytes` as Latin-1: the same offsets, right for ASCII only. */
  protected latin = '';
  /** Whether text is wanted now; set by the subclass. */
  protected capturing = false;
  private readonly part: string;
  private readonly open: string[] = [];
  private pending: Buffer = Buffer.alloc(0);
  private rooted = false;

  /** `part` names the XML part in messages. */
  constructor(part: string) {
    this.part = part;
  }

  /** An element opened; its attributes lie between `from` and `to`. `onClose` follows for an empty element too. */
  protected abstract onOpen(name: string, from: number, to: number): void;
  protected abstract onClose(name: string): void;
  /** Text between tags while `capturing`, entities resolved; may come in several pieces. */
  protected abstract onText(text: string): void;
  /** A shortcut for a frequent element at `at` (a `<`): the offset behind it, or -1 to take the general way. */
  protected shortcut(_at: number): number {
    return -1;
  }

  /** The characters between two offsets. */
  protected slice(from: number, to: number): string {
    return (this.bytes as SlicingBuffer).utf8Slice(from, to);
  }

  protected damaged(zh: string, en: string): Error {
    return corrupt(`${this.part}：${zh}`, `${this.part}: ${en}`);
  }

  /** Takes the next bytes of the part. */
  feed(chunk: Buffer): void {
    this.bytes = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    this.latin = this.bytes.toString('latin1');
    const stop = this.scan();
    // Copied, for the chunk itself may be large.
    this.pending = Buffer.from(this.bytes.subarray(stop));
    if (this.pending.length > longestToken) throw this.damaged('有一段内容异常地长', 'one token is unreasonably long');
  }

  /** The part has ended; anything left open is damage. */
  finish(): void {
    if (this.pending.toString('latin1').trim() !== '' || this.open.length > 0 || !this.rooted)
      throw this.damaged('内容不完整，在中途断开', 'it ends in the middle');
  }

  /** Tokenizes as far as the bytes are complete; returns where the unfinished token begins. */
  private scan(): number {
    const { bytes } = this;
    const { length } = bytes;
    let at = 0;
    while (at < length) {
      let start = at;
      while (start < length && bytes[start] !== byte.less) start++;
      if (start === length) return this.capturing ? at : length;
      if (this.capturing && start > at) this.onText(xmlText(this.slice(at, start)));
      let next = this.shortcut(start);
      if (next === -1) next = this.token(start);
      if (next === -1) return start;
      at = next;
    }
    return at;
  }

  private token(start: number): number {
    const second = this.bytes[start + 1];
    if (second === byte.slash) {
      const end = this.bytes.indexOf(byte.greater, start);
      if (end === -1) return -1;
      this.close(localName(this.latin.slice(start + 2, end).trimEnd()));
      return end + 1;
    }
    if (second === byte.exclamation) return this.declaration(start);
    if (second === byte.question) {
      const end = this.bytes.indexOf('?>', start + 2);
      return end === -1 ? -1 : end + 2;
    }
    return this.element(start);
  }

  private element(start: number): number {
    const { bytes } = this;
    const end = tagEnd(bytes, start + 1);
    if (end === -1) return -1;
    if (bytes[end] === byte.less) throw this.damaged('有一个标记的引号没有配对', 'the quotes of a tag do not match');
    const empty = bytes[end - 1] === byte.slash;
    const to = empty ? end - 1 : end;
    let nameEnd = start + 1;
    while (nameEnd < to && (bytes[nameEnd] ?? 0) > byte.space) nameEnd++;
    const name = localName(this.latin.slice(start + 1, nameEnd));
    if (name === '') throw this.damaged('有一个没有名字的标记', 'a tag has no name');
    if (this.open.length === 0 && this.rooted) throw this.damaged('有两个根元素', 'there are two root elements');
    this.rooted = true;
    this.open.push(name);
    this.onOpen(name, nameEnd, to);
    if (empty) this.close(name);
    return end + 1;
  }

  private close(name: string): void {
    if (this.open.pop() !== name) throw this.damaged(`标记 ${name} 没有配对`, `tag ${name} does not match`);
    this.onClose(name);
  }

  private declaration(start: number): number {
    const { bytes } = this;
    if (bytes.length - start < 9) return -1;
    const head = this.latin.slice(start, start + 9);
    if (head.startsWith('<!--')) {
      const end = bytes.indexOf('-->', start + 4);
      return end === -1 ? -1 : end + 3;
    }
    if (head !== '<![CDATA[') throw this.damaged('含有不允许的 DOCTYPE 声明', 'it holds a document type declaration, which is not allowed');
    const end = bytes.indexOf(']]>', start + 9);
    if (end === -1) return -1;
    if (this.capturing) this.onText(this.slice(start + 9, end).replace(/\r\n?/g, '\n'));
    return end + 3;
  }
}

/**
 * Where the tag that begins before `from` ends (its `>`), `>` inside quotes passed over; -1 when it is not complete. A `<` stands in no tag, not even in
 * quotes: found before the end it is returned instead, for a quote too many would swallow whole rows up to the next one.
 */
function tagEnd(bytes: Buffer, from: number): number {
  let quote = 0;
  for (let i = from; i < bytes.length; i++) {
    const code = bytes[i];
    if (code === byte.less) return i;
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === byte.greater) return i;
    else if (code === byte.double || code === byte.single) quote = code;
  }
  return -1;
}
