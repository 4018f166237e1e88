import { invoiceLimits } from './limits.ts';
import { asRefusal, refused } from './refusals.ts';

/** An XML element without its prefix; `text` is its own text, trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Parses a small XML document. Throws FileRefused for damage, a DOCTYPE (so no entity but the five of XML), and what is too large or too deep. */
export async function parseXml(bytes: Uint8Array): Promise<XmlElement> {
  if (bytes.length > invoiceLimits.xmlBytes) throw refused('invoice-file.too-large', `XML ${bytes.length} B`);
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ position: false, xmlns: false });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  parser.on('doctype', () => {
    throw refused('invoice-file.doctype');
  });
  parser.on('error', (error) => {
    throw refused('invoice-file.damaged', error.message.slice(0, 200));
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > invoiceLimits.xmlElements || open.length >= invoiceLimits.xmlDepth) {
      throw refused('invoice-file.too-large', 'XML 元素过多或嵌套过深', 'too many XML elements, or nested too deep');
    }
    const element: XmlElement = { name: localName(name), attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', (text) => {
    const top = open.at(-1);
    if (top) top.text += text;
  });
  parser.on('cdata', (text) => {
    const top = open.at(-1);
    if (top) top.text += text;
  });
  parser.on('closetag', () => {
    const done = open.pop();
    if (done) done.text = done.text.trim();
  });
  const text = decode(bytes);
  // Before the parser sees it: saxes reads a whole internal subset before it tells of the declaration.
  if (/<!DOCTYPE/i.test(text)) throw refused('invoice-file.doctype');
  try {
    parser.write(text).close();
  } catch (error) {
    throw asRefusal(error);
  }
  if (!root) throw refused('invoice-file.damaged', 'XML 没有内容', 'the XML is empty');
  return root;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function decode(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([A-Za-z0-9-]{1,20})["']/.exec(head)?.[1]?.toLowerCase();
  const encoding = wide ?? (declared !== undefined && /^gb(k|2312|18030)$/.test(declared) ? 'gb18030' : 'utf-8');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw refused('invoice-file.damaged', `不是 ${encoding} 文字`, `not text in ${encoding}`);
  }
}

/** The first element at a path ("Seller/SellerName") anywhere below `root`, in document order; undefined where there is none. */
export function find(root: XmlElement, path: string): XmlElement | undefined {
  return findAll(root, path)[0];
}

/** Every element at a path anywhere below `root`, in document order. */
export function findAll(root: XmlElement, path: string): XmlElement[] {
  const [first, ...rest] = path.split('/');
  let level = descendants(root).filter(({ name }) => name === first);
  for (const step of rest) level = level.flatMap(({ children }) => children.filter(({ name }) => name === step));
  return level;
}

/** The element itself and everything in it. */
export function descendants(root: XmlElement): XmlElement[] {
  return [root, ...root.children.flatMap(descendants)];
}
