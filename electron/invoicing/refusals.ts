import { FileRefused } from '../importing/cells.ts';

const typed = {
  zh: '请改用税务平台下载的原始 XML、OFD 或 PDF，或手工录入。',
  en: 'Use the original XML, OFD or PDF from the tax platform, or type the invoice in.',
};

/** Why an invoice file is not read; `{}` is the detail. */
const wordings = {
  'invoice-file.empty': { zh: `文件是空的（0 字节）。${typed.zh}`, en: `The file is empty (0 bytes). ${typed.en}` },
  'invoice-file.too-large': {
    zh: `文件或其中的内容大得不像发票（{}）。${typed.zh}`,
    en: `The file, or something in it, is too large for an invoice ({}). ${typed.en}`,
  },
  'invoice-file.unknown': {
    zh: `这个文件不是 XML、OFD 或 PDF。${typed.zh}`,
    en: `The file is no XML, OFD or PDF. ${typed.en}`,
  },
  'invoice-file.doctype': {
    zh: `XML 含有不允许的 DOCTYPE 声明（可能携带恶意实体），没有读取。${typed.zh}`,
    en: `The XML holds a document type declaration, which is not allowed (it may carry hostile entities); nothing was read. ${typed.en}`,
  },
  'invoice-file.damaged': { zh: `文件已损坏（{}）。${typed.zh}`, en: `The file is damaged ({}). ${typed.en}` },
  'invoice-file.encrypted': {
    zh: `PDF 设有打开密码，无法读取。${typed.zh}`,
    en: `The PDF is protected with a password and cannot be read. ${typed.en}`,
  },
  'invoice-file.not-invoice': {
    zh: `文件可以打开，但里面没有发票号码等内容，不是电子发票。${typed.zh}`,
    en: `The file opens, but holds no invoice number: it is no e-invoice. ${typed.en}`,
  },
  'invoice-file.several': {
    zh: '压缩包里有 {} 张发票的 XML。请解压后把各个文件一起加入。',
    en: 'The archive holds the XML of {} invoices. Unpack it and add the files together.',
  },
  'invoice-file.no-text': {
    zh: `PDF 没有文字，是扫描件或图片，读不出内容。请手工录入，或粘贴发票二维码的文字；也可改用 XML、OFD 或税务平台下载的 PDF。`,
    en: 'The PDF has no text: it is a scan or a picture. Type the invoice in, or paste the text of its QR code; or use the XML, OFD or PDF from the tax platform.',
  },
  'invoice-file.slow': {
    zh: `读取超过 {} 秒仍未完成，已中止；文件可能有意做得很难读。${typed.zh}`,
    en: `Reading took more than {} seconds and was stopped; the file may be made to be hard to read. ${typed.en}`,
  },
} as const;
export type InvoiceRefusal = keyof typeof wordings;

export function refused(code: InvoiceRefusal, zh = '', en = zh): FileRefused {
  const wording = wordings[code];
  return new FileRefused(code, wording.zh.replace('{}', zh), wording.en.replace('{}', en));
}

/** What went wrong in a library or a layer below, as a refusal of the invoice file. */
export function asRefusal(error: unknown): FileRefused {
  if (error instanceof FileRefused && error.code.startsWith('invoice-file.')) return error;
  if (error instanceof FileRefused) {
    const code = /too-(large|many)|bomb|ratio/.test(error.code) ? 'invoice-file.too-large' : 'invoice-file.damaged';
    return refused(code, ...whatOf(error));
  }
  const words = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 200);
  return refused('invoice-file.damaged', words);
}

/** What a refusal of exports says is wrong, without what it advises: an invoice comes from elsewhere. */
const whatOf = ({ zh, en }: FileRefused): [zh: string, en: string] => [
  zh.replace(/^文件已损坏或不完整：/, '').replace(/。(?:若[^。]*，)?请[^。]*。$/, ''),
  en.replace(/^The file is damaged or incomplete: /, '').replace(/\. [A-Z](?:[^.]|\.(?=\w))*\.$/, ''),
];
