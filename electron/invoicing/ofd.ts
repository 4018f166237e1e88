import type { ReadField, ReadValue } from '../core/read-invoice.ts';
import { openZip, readWhole, type Zip } from '../importing/zip.ts';
import { invoiceLimits, ofdLimits } from './limits.ts';
import type { PlacedText } from './page-lines.ts';
import { readPages } from './page-text.ts';
import { asRefusal, refused } from './refusals.ts';
import { descendants, find, findAll, parseXml, type XmlElement } from './xml-tree.ts';
import { readInvoiceXml } from './xml.ts';

/** Names that `OFD.xml` gives its custom data. */
const customData: Readonly<Record<string, ReadField>> = {
  发票号码: 'number',
  发票代码: 'code',
  开票日期: 'date',
  合计金额: 'net',
  合计税额: 'tax',
  价税合计: 'total',
  购买方纳税人识别号: 'buyerTaxNumber',
  销售方纳税人识别号: 'sellerTaxNumber',
  购买方名称: 'buyer',
  销售方名称: 'seller',
};

/** Elements of `CustomTag.xml`; each refers to text objects of the pages. */
const customTags: Readonly<Record<string, ReadField>> = {
  InvoiceNo: 'number',
  InvoiceCode: 'code',
  IssueDate: 'date',
  BuyerName: 'buyer',
  BuyerTaxID: 'buyerTaxNumber',
  SellerName: 'seller',
  SellerTaxID: 'sellerTaxNumber',
  TaxExclusiveTotalAmount: 'net',
  TaxTotalAmount: 'tax',
  TaxInclusiveTotalAmount: 'total',
  Note: 'remark',
};

/** Reads an OFD invoice: attached XML, then custom data, then custom tags, then the page. Only entries of the archive are read, by their own names. */
export async function readOfd(bytes: Buffer): Promise<ReadValue[]> {
  const zip = await openZip(bytes, ofdLimits).catch((error: unknown) => {
    throw asRefusal(error);
  });
  try {
    const parts = await readParts(zip);
    const root = parts.find(({ name }) => name === 'OFD.xml');
    if (!root) return zippedXml(parts);
    const objects = parts.flatMap(({ tree }) => findAll(tree, 'TextObject')).slice(0, invoiceLimits.texts);
    return [
      ...attached(parts),
      ...dataOf(root.tree),
      ...parts.flatMap(({ name, tree }) => (/CustomTag[^/]*\.xml$/.test(name) ? tagsOf(tree, objects) : [])),
      ...readPages(
        textPages(parts).map((page) => page.slice(0, invoiceLimits.texts).flatMap(placed)),
        'ofd',
      ),
    ];
  } catch (error) {
    throw asRefusal(error);
  } finally {
    zip.close();
  }
}

/** The tax platform hands out a digital invoice's XML in a zip. */
function zippedXml(parts: readonly Part[]): ReadValue[] {
  const invoices = parts.map(({ tree }) => readInvoiceXml(tree, 'xml')).filter((values) => values.length > 0);
  if (invoices.length === 1) return invoices[0]!;
  throw invoices.length === 0
    ? refused('invoice-file.damaged', '压缩包里没有 OFD.xml，也没有发票 XML', "the archive holds neither OFD.xml nor an invoice's XML")
    : refused('invoice-file.several', String(invoices.length));
}

/** Stamps and watermarks stand on the page in boxes of their own, and say nothing of the invoice. */
const isAnnotation = ({ name }: Part): boolean => /(^|\/)Annots\//i.test(name);

/** The text objects of each page with those of its template: the form's labels often stand there. One page takes everything. */
function textPages(all: readonly Part[]): XmlElement[][] {
  const parts = all.filter((part) => !isAnnotation(part));
  const texts = (part: Part): XmlElement[] => findAll(part.tree, 'TextObject');
  const pages = parts.filter(({ name }) => /(^|\/)Pages\/[^/]+\/Content\.xml$/i.test(name));
  if (pages.length < 2) return [parts.flatMap(texts)];
  const templates = parts.flatMap(({ tree }) => findAll(tree, 'TemplatePage').map(({ attributes }) => attributes));
  const others = parts.filter((part) => !pages.includes(part));
  return pages.slice(0, invoiceLimits.pages).map((page) => {
    const named = findAll(page.tree, 'Template').map(({ attributes }) => attributes['TemplateID']);
    const files = templates.filter(({ ID }) => named.includes(ID)).flatMap(({ BaseLoc }) => BaseLoc ?? []);
    const behind = others.filter(({ name }) => files.length === 0 || files.some((file) => name.endsWith(file)));
    return [...behind, page].flatMap(texts);
  });
}

interface Part {
  readonly name: string;
  readonly tree: XmlElement;
}

async function readParts(zip: Zip): Promise<Part[]> {
  const wanted = zip.entries.filter(
    ({ name, isFolder }) => !isFolder && name.toLowerCase().endsWith('.xml') && !/(^|\/)Res[^/]*\.xml$/.test(name),
  );
  const total = wanted.reduce((sum, { size }) => sum + size, 0);
  if (total > ofdLimits.totalBytes) throw refused('invoice-file.too-large', `XML ${total} B`);
  const parts: Part[] = [];
  for (const entry of wanted) parts.push({ name: entry.name, tree: await parseXml(await readWhole(zip, entry, invoiceLimits.xmlBytes)) });
  return parts;
}

/** `original_invoice.xml` before any other XML that is an invoice; custom tags have the same element names, but hold references. */
function attached(parts: readonly Part[]): ReadValue[] {
  const own = parts.filter(({ name, tree }) => !/CustomTag/.test(name) && find(tree, 'ObjectRef') === undefined);
  const first = own.filter(({ name }) => name.endsWith('original_invoice.xml'));
  const others = own.filter((part) => !first.includes(part));
  return [...first, ...others].flatMap(({ tree }) => readInvoiceXml(tree, 'ofd'));
}

function dataOf(root: XmlElement): ReadValue[] {
  return findAll(root, 'CustomData').flatMap(({ attributes, text }): ReadValue[] => {
    const field = customData[attributes['Name'] ?? ''];
    return field === undefined || text === '' ? [] : [{ field, value: text, from: 'ofd' }];
  });
}

function tagsOf(tree: XmlElement, objects: readonly XmlElement[]): ReadValue[] {
  const texts = new Map(objects.map((object) => [object.attributes['ID'] ?? '', codes(object)]));
  return descendants(tree).flatMap((element): ReadValue[] => {
    const field = customTags[element.name];
    if (field === undefined) return [];
    const value = findAll(element, 'ObjectRef')
      .map(({ text }) => texts.get(text) ?? '')
      .join('');
    return value === '' && field !== 'remark' ? [] : [{ field, value: value.replace(/^[¥￥]/, ''), from: 'ofd' }];
  });
}

const codes = (object: XmlElement): string =>
  findAll(object, 'TextCode')
    .map(({ text }) => text)
    .join('');

/**
 * A text object's pieces in the page's millimetres, through its own matrix where it has one (some issuers write points); characters that run
 * downwards become one piece each.
 */
function placed(object: XmlElement): PlacedText[] {
  const [left = 0, top = 0] = numbers(object.attributes['Boundary']);
  const matrix = numbers(object.attributes['CTM']);
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix.length === 6 ? matrix : [];
  const size = (numbers(object.attributes['Size'])[0] ?? 3.175) * (Math.hypot(c, d) || 1);
  let own: readonly [number, number] = [0, 0];
  return findAll(object, 'TextCode').flatMap((code): PlacedText[] => {
    // A piece without a place of its own begins where the one before it did.
    own = [numbers(code.attributes['X'])[0] ?? own[0], numbers(code.attributes['Y'])[0] ?? own[1]];
    const x = left + a * own[0] + c * own[1] + e;
    const y = top + b * own[0] + d * own[1] + f;
    const steps = numbers(code.attributes['DeltaX']).map((step) => step * a);
    const down = numbers(code.attributes['DeltaY']).map((step) => step * d);
    if (down.some((step) => step > 0)) {
      let at = y;
      return [...code.text].map((text, index) => {
        const place = { text, x, y: at, width: size, size };
        at += down[index] ?? down.at(-1) ?? size;
        return place;
      });
    }
    const run = steps.reduce((sum, step) => sum + step, 0);
    return [{ text: code.text, x, y, width: run > 0 ? run + size : 0, size }];
  });
}

/** "0 3.5 g 3 3.2" is one number, then 3.5 and three times 3.2: the standard's shorthand for repeated steps. */
function numbers(text: string | undefined): number[] {
  const words = (text ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 2000);
  const values: number[] = [];
  for (let i = 0; i < words.length; i++) {
    if (words[i] === 'g') {
      const count = Math.min(2000 - values.length, Number(words[i + 1]) || 0);
      for (let n = 0; n < count; n++) values.push(Number(words[i + 2]) || 0);
      i += 2;
    } else values.push(Number(words[i]) || 0);
  }
  return values;
}
