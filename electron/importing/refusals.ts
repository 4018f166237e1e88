import { FileRefused } from './cells.ts';

const saveAs = {
  zh: '请用 Excel 或 WPS 打开，另存为 .xlsx 或 .csv 后再导入。',
  en: 'Open it in Excel or WPS, save it as .xlsx or .csv, and import that.',
};
const again = { zh: '请从华为云伙伴中心重新下载后再导入。', en: 'Download it again from the partner centre and import that.' };

interface Wording {
  readonly zh: string;
  readonly en: string;
}

/** Every reason to refuse a whole file: what it is and why it cannot be read, then what to do. `{}` is the detail. */
const wordings = {
  'file.missing': {
    zh: '找不到这个文件。请确认文件没有被移动或删除。',
    en: 'There is no such file. Check that it was not moved or deleted.',
  },
  'file.unreadable': {
    zh: '系统不允许读取这个文件（{}）。请关闭正在使用它的程序，或复制到别处后再导入。',
    en: 'The system does not let this file be read ({}). Close the program that uses it, or copy it elsewhere and import the copy.',
  },
  'file.empty': { zh: `这是一个空文件（0 字节），没有可读的内容。${again.zh}`, en: `The file is empty (0 bytes). ${again.en}` },
  'file.directory': {
    zh: '这是一个文件夹，不是文件。请选择里面的文件。',
    en: 'This is a folder, not a file. Choose the files inside it.',
  },
  'file.encrypted': {
    zh: '这是设有打开密码的 Excel 工作簿，内容已加密，无法读取。请用 Excel 打开并输入密码，另存为未加密的 .xlsx 后再导入。',
    en: 'This workbook is encrypted with a password and cannot be read. Open it in Excel with the password, save it as an unencrypted .xlsx, and import that.',
  },
  'file.xls': {
    zh: `这是旧版 Excel 97–2003 工作簿（.xls），本软件不读这种二进制格式。${saveAs.zh}`,
    en: `This is an Excel 97–2003 workbook (.xls), a binary format that is not read here. ${saveAs.en}`,
  },
  'file.ole': {
    zh: `这是旧版 Office 复合文档，里面没有可读的工作表。${saveAs.zh}`,
    en: `This is an old Office compound document without a readable sheet. ${saveAs.en}`,
  },
  'file.xlsb': {
    zh: `这是 Excel 二进制工作簿（.xlsb），本软件不读这种格式。${saveAs.zh}`,
    en: `This is an Excel binary workbook (.xlsb), which is not read here. ${saveAs.en}`,
  },
  'file.ods': {
    zh: `这是 OpenDocument 表格（.ods），本软件不读这种格式。${saveAs.zh}`,
    en: `This is an OpenDocument spreadsheet (.ods), which is not read here. ${saveAs.en}`,
  },
  'file.document': {
    zh: `这是文字文档或演示文稿（{}），不是表格。请导入从伙伴中心导出的 .xlsx、.csv、.zip 或 .tar.gz。`,
    en: 'This is a text document or presentation ({}), not a spreadsheet. Import the .xlsx, .csv, .zip or .tar.gz exported from the partner centre.',
  },
  'file.pdf': {
    zh: '这是 PDF 文件，不是表格。请在伙伴中心导出明细（.xlsx 或 .csv）；若是发票，请到发票页面添加。',
    en: 'This is a PDF, not a table. Export the details as .xlsx or .csv; if it is an invoice, add it on the invoice page.',
  },
  'file.html': {
    zh: `这是一个网页（HTML），只是取了表格的文件名，常见于登录过期时下载到的登录页。请登录后重新下载；若网页里确有表格，${saveAs.zh}`,
    en: `This is a web page (HTML) under a table's name, often the login page of an expired session. Sign in and download again; if it does hold a table: ${saveAs.en}`,
  },
  'file.xml': {
    zh: `这是 XML 文件（可能是“XML 表格 2003”），不是 .xlsx 或 .csv。${saveAs.zh}`,
    en: `This is an XML file (perhaps "XML Spreadsheet 2003"), neither .xlsx nor .csv. ${saveAs.en}`,
  },
  'file.executable': {
    zh: '这是一个可执行程序，不是表格。请不要运行来历不明的程序，并从伙伴中心重新下载账单。',
    en: 'This is an executable program, not a table. Do not run programs of unknown origin; download the export again.',
  },
  'file.image': {
    zh: '这是一张图片，不是表格。请导入从伙伴中心导出的 .xlsx 或 .csv。',
    en: 'This is an image, not a table. Import the .xlsx or .csv exported from the partner centre.',
  },
  'file.rar': {
    zh: '这是 RAR 或 7z 压缩包，本软件只读 .zip 与 .tar.gz。请先解压，再导入里面的文件。',
    en: 'This is a RAR or 7z archive; only .zip and .tar.gz are read. Extract it and import the files inside.',
  },
  'file.not-text': {
    zh: `文件内容不是文字表格（含有大量控制字符），可能已损坏或是其他程序的文件。${again.zh}`,
    en: `The content is not a text table (too many control bytes); it may be damaged or belong to another program. ${again.en}`,
  },
  'file.corrupt': {
    zh: `文件已损坏或不完整：{}。${again.zh}`,
    en: `The file is damaged or incomplete: {}. ${again.en}`,
  },
  'file.no-sheets': {
    zh: '工作簿里没有任何工作表。请检查是否选错了文件。',
    en: 'The workbook holds no worksheet. Check that this is the right file.',
  },
  'archive.password': {
    zh: '压缩包里的“{}”设有密码，无法读取。请先用密码解压，再导入里面的文件。',
    en: '"{}" in the archive is protected by a password. Extract it with the password and import the files inside.',
  },
  'archive.method': {
    zh: '压缩包里的“{}”用了不支持的压缩方式。请解压后导入里面的文件，或重新压缩为普通 .zip。',
    en: '"{}" in the archive uses an unsupported compression. Extract it and import the files inside, or pack it as an ordinary .zip.',
  },
  'archive.too-many-entries': {
    zh: '压缩包里的文件超过 {} 个，已停止读取。请只保留账单文件，分几次导入。',
    en: 'The archive holds more than {} files. Keep only the exports and import them in several steps.',
  },
  'archive.too-large': {
    zh: '解压后的内容过大：{}。请解压后逐个导入里面的文件。',
    en: 'The unpacked content is too large: {}. Extract it and import the files one by one.',
  },
  'archive.ratio': {
    zh: '“{}”的压缩比异常高，可能是恶意的压缩炸弹，已停止读取。若确认来源可靠，请解压后导入里面的文件。',
    en: '"{}" expands far beyond any real export and may be a decompression bomb. If you trust its source, extract it and import the files inside.',
  },
  'archive.nested': {
    zh: '压缩包嵌套超过两层（“{}”）。请先解压外层，再导入里面的文件。',
    en: 'Archives are nested more than once ("{}"). Extract the outer ones and import the files inside.',
  },
  'archive.empty': {
    zh: '压缩包里没有可读的 .csv 或 .xlsx 文件。请检查是否选错了文件。',
    en: 'The archive holds no readable .csv or .xlsx. Check that this is the right file.',
  },
} as const satisfies Record<string, Wording>;

export type RefusalCode = keyof typeof wordings;

/** The refusal for a code; `detail` fills the wording's `{}` (one text for both languages, or one each). */
export function refusal(code: RefusalCode, detail: string | Wording = ''): FileRefused {
  const { zh, en } = wordings[code];
  const words = typeof detail === 'string' ? { zh: detail, en: detail } : detail;
  return new FileRefused(
    code,
    zh.replace('{}', () => words.zh),
    en.replace('{}', () => words.en),
  );
}

/** A damaged part, named in both languages. */
export function corrupt(zh: string, en: string): FileRefused {
  return refusal('file.corrupt', { zh, en });
}
