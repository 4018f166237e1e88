import { corrupt } from './refusals.ts';
import { localName, xmlText } from './xml-text.ts';

/** Characters one tag or one text may have. */
const longestToken = 16 * 1024 * 1024;

/**
 * A streaming XML tokenizer: chunks of text in, tags out; a token cut by a chunk's border waits for the rest.
 * Subclasses get local names; attributes are read from `buffer` between the offsets given. Nesting is checked, damage refused.
 */
export abstract class XmlTokenizer {
  protected buffer = '';
  /** Whether text is wanted now; set by the subclass. */
  protected capturing = false;
  private readonly part: string;
  private readonly open: string[] = [];
  private pending = '';
  private rooted = false;

  /** `part` names the XML part in messages. */
  constructor(part: string) {
    this.part = part;
  }

  /** An element opened; its attributes lie in `buffer` between `from` and `to`. `onClose` follows for an empty element too. */
  protected abstract onOpen(name: string, from: number, to: number): void;
  protected abstract onClose(name: string): void;
  /** Text between tags while `capturing`, entities resolved; may come in several pieces. */
  protected abstract onText(text: string): void;
  /** A shortcut for a frequent element at `at` (a `<`): the offset behind it, or -1 to take the general way. */
  protected shortcut(_at: number): number {
    return -1;
  }

  protected damaged(zh: string, en: string): Error {
    return corrupt(`${this.part}：${zh}`, `${this.part}: ${en}`);
  }

  /** Takes the next text of the part. */
  feed(chunk: string): void {
    this.buffer = this.pending === '' ? chunk : this.pending + chunk;
    const stop = this.scan();
    this.pending = stop < this.buffer.length ? this.buffer.slice(stop) : '';
    if (this.pending.length > longestToken) throw this.damaged('有一段内容异常地长', 'one token is unreasonably long');
  }

  /** The part has ended; anything left open is damage. */
  finish(): void {
    if (this.pending.trim() !== '' || this.open.length > 0 || !this.rooted)
      throw this.damaged('内容不完整，在中途断开', 'it ends in the middle');
  }

  /** Tokenizes `buffer` as far as it is complete; returns where the unfinished token begins. */
  private scan(): number {
    const text = this.buffer;
    let at = 0;
    while (at < text.length) {
      const start = text.indexOf('<', at);
      if (start === -1) return this.capturing ? at : text.length;
      if (this.capturing && start > at) this.onText(xmlText(text.slice(at, start)));
      let next = this.shortcut(start);
      if (next === -1) next = this.token(start);
      if (next === -1) return start;
      at = next;
    }
    return at;
  }

  private token(start: number): number {
    const text = this.buffer;
    const second = text.charCodeAt(start + 1);
    if (second === 47 /* / */) {
      const end = text.indexOf('>', start);
      if (end === -1) return -1;
      this.close(localName(text.slice(start + 2, end).trimEnd()));
      return end + 1;
    }
    if (second === 33 /* ! */) return this.declaration(start);
    if (second === 63 /* ? */) {
      const end = text.indexOf('?>', start + 2);
      return end === -1 ? -1 : end + 2;
    }
    return this.element(start);
  }

  private element(start: number): number {
    const text = this.buffer;
    const end = tagEnd(text, start + 1);
    if (end === -1) return -1;
    const empty = text.charCodeAt(end - 1) === 47;
    const to = empty ? end - 1 : end;
    let nameEnd = start + 1;
    while (nameEnd < to && text.charCodeAt(nameEnd) > 32) nameEnd++;
    const name = localName(text.slice(start + 1, nameEnd));
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
    const text = this.buffer;
    if (text.startsWith('<!--', start)) {
      const end = text.indexOf('-->', start + 4);
      return end === -1 ? -1 : end + 3;
    }
    if (text.startsWith('<![CDATA[', start)) {
      const end = text.indexOf(']]>', start + 9);
      if (end === -1) return -1;
      if (this.capturing) this.onText(text.slice(start + 9, end).replace(/\r\n?/g, '\n'));
      return end + 3;
    }
    if (text.length - start < 9) return -1;
    throw this.damaged('含有不允许的 DOCTYPE 声明', 'it holds a document type declaration, which is not allowed');
  }
}

/** Where the tag that begins before `from` ends (its `>`), `>` inside quotes passed over; -1 when it is not complete. */
function tagEnd(text: string, from: number): number {
  let quote = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return i;
    else if (code === 34 || code === 39) quote = code;
  }
  return -1;
}
