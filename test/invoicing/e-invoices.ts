import PDFDocument from 'pdfkit';
import yazl from 'yazl';

/** Our own invoice in every form that an e-invoice comes in; the companies do not exist. */
export const sample = {
  number: '25442000000012345678',
  date: '2025-11-05',
  buyer: '示例云计算（深圳）有限公司',
  buyerTaxNumber: '91440300192203821F',
  seller: '示范伙伴科技有限公司',
  sellerTaxNumber: '91110000600037341L',
  net: '94339.62',
  tax: '5660.38',
  total: '100000.00',
  capitals: '壹拾万圆整',
  remark: '申付单号 SF20251001；对账期次 2025-09',
} as const;
export type Sample = Record<keyof typeof sample, string>;

/** What every full reader finds of it. */
export const expected = {
  ...sample,
  kind: 'special',
  rate: '6%',
  lines: '1',
};

/** The XML of a digital invoice, with changes. */
export function digitalXml(change: Partial<Sample> = {}, rates: readonly string[] = ['0.06'], label = '01'): string {
  const s = { ...sample, ...change };
  const line = (rate: string): string =>
    `<IssuItemInformation><ItemName>*信息技术服务*激励</ItemName><Quantity>1</Quantity><UnPrice>${s.net}</UnPrice><Amount>${s.net}</Amount><TaxRate>${rate}</TaxRate><ComTaxAm>${s.tax}</ComTaxAm><TotaltaxIncludedAmount>${s.total}</TotaltaxIncludedAmount></IssuItemInformation>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>${s.number}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.2</Version><InherentLabel><InIssuType><LabelCode>Y</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType><EInvoiceType><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></EInvoiceType><GeneralOrSpecialVAT><LabelCode>${label}</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>${s.sellerTaxNumber}</SellerIdNum><SellerName>${s.seller}</SellerName></SellerInformation><BuyerInformation><BuyerIdNum>${s.buyerTaxNumber}</BuyerIdNum><BuyerName>${s.buyer}</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>${s.net}</TotalAmWithoutTax><TotalTaxAm>${s.tax}</TotalTaxAm><TotalTax-includedAmount>${s.total}</TotalTax-includedAmount><TotalTax-includedAmountInChinese>${s.capitals}</TotalTax-includedAmountInChinese><Drawer>张三</Drawer></BasicInformation>
${rates.map(line).join('')}<AdditionalInformation><Remark>${s.remark}</Remark></AdditionalInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>${s.number}</InvoiceNumber><IssueTime>${s.date} 10:20:30</IssueTime><TaxBureauName>国家税务总局</TaxBureauName></TaxSupervisionInfo></EInvoice>`;
}

const cdata = (text: string): string => `<![CDATA[${text}]]>`;

/**
 * The XML attached to an OFD of the older kind: 8 digits and a code. As issuers write it: texts as CDATA, parties' elements without the prefix of
 * the others, empty elements, a picture of the QR code, the amount in words.
 */
export function originalXml(code = '044002500111', number = '12345678'): string {
  const s = sample;
  const fp = (name: string, content: string): string => (content === '' ? `<fp:${name}/>` : `<fp:${name}>${content}</fp:${name}>`);
  const party = (who: 'Buyer' | 'Seller', name: string, taxNumber: string): string =>
    fp(
      who,
      `<${who}Name>${cdata(name)}</${who}Name><${who}TaxID>${taxNumber}</${who}TaxID><${who}AddrTel>${cdata('示例路 1 号 0755-28780808')}</${who}AddrTel><${who}FinancialAccount>${cdata('示例银行 41007700040030012345')}</${who}FinancialAccount>`,
    );
  const line = [
    ['LineNo', '1'],
    ['LineNature', '0'],
    ['Item', cdata('*信息技术服务*激励')],
    ['Code', '3040203000000000000'],
    ['Specification', ''],
    ['Price', s.net],
    ['Quantity', '1'],
    ['Amount', s.net],
    ['TaxScheme', '6%'],
    ['TaxAmount', s.tax],
    ['FreeTaxMark', ''],
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<eInvoice xmlns:fp="http://example.com/e-invoice/2019" Version="1.0">',
    fp('DocID', '01') + fp('AreaCode', '4400') + fp('TypeCode', '0') + fp('InvoiceSIA2', '') + fp('InvoiceSIA1', ''),
    fp('InvoiceCode', code) + fp('InvoiceNo', number) + fp('IssueDate', cdata('2025年11月05日')),
    fp('InvoiceCheckCode', cdata('66180123456789012345')) + fp('MachineNo', '') + fp('GraphCode', cdata('iVBORw0KGgo=')),
    fp('TaxControlCode', cdata('03-9+2*8>7<6/5-4+3*2>1<0*8')),
    party('Buyer', s.buyer, s.buyerTaxNumber) + party('Seller', s.seller, s.sellerTaxNumber),
    fp('TaxInclusiveTotalAmount', s.total) + fp('TaxInclusiveTotalAmountWithWords', s.capitals),
    fp('TaxExclusiveTotalAmount', s.net) + fp('TaxTotalAmount', s.tax) + fp('Note', cdata(s.remark)),
    fp('InvoiceClerk', cdata('张三')) + fp('OriginalInvoiceCode', '') + fp('OriginalInvoiceNo', ''),
    fp('GoodsInfos', fp('GoodsInfo', line.map(([name, content]) => fp(name!, content!)).join(''))),
    `${fp('SystemInfos', fp('SystemCode', 'xx'))}</eInvoice>`,
  ].join('\n');
}

export interface Text {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}

const upright = (word: string, x: number, y: number, step = 14): Text[] => [...word].map((text, i) => ({ text, x, y: y + i * step }));

/** Labels and values of a page in points; the labels stand before the values, as tax software writes them. */
export type Layout = (s: Sample) => { readonly width: number; readonly height: number; readonly texts: readonly Text[] };

/** A digital invoice: buyer and seller side by side, ¥ before the amounts. */
export const digitalLayout: Layout = (s) => ({
  width: 610,
  height: 400,
  texts: [
    { text: '电子发票（增值税专用发票）', x: 190, y: 24, size: 15 },
    { text: '发票号码：', x: 430, y: 24 },
    { text: '开票日期：', x: 430, y: 42 },
    ...upright('购买方信息', 14, 76),
    { text: '名称：', x: 32, y: 88 },
    { text: '统一社会信用代码/纳税人识别号：', x: 32, y: 118 },
    ...upright('销售方信息', 306, 76),
    { text: '名称：', x: 324, y: 88 },
    { text: '统一社会信用代码/纳税人识别号：', x: 324, y: 118 },
    { text: '项目名称', x: 50, y: 150 },
    { text: '金  额', x: 390, y: 150 },
    { text: '税率/征收率', x: 450, y: 150 },
    { text: '税  额', x: 545, y: 150 },
    { text: '合', x: 60, y: 262 },
    { text: '计', x: 100, y: 262 },
    { text: '价税合计（大写）', x: 50, y: 286 },
    { text: '（小写）', x: 420, y: 286 },
    ...upright('备注', 14, 318, 20),
    { text: '开票人：', x: 60, y: 376 },
    { text: s.number, x: 482, y: 24 },
    { text: s.date.replace(/(\d+)-(\d+)-(\d+)/, '$1年$2月$3日'), x: 482, y: 42 },
    { text: s.buyer, x: 60, y: 88 },
    { text: s.buyerTaxNumber, x: 184, y: 118 },
    { text: s.seller, x: 352, y: 88 },
    { text: s.sellerTaxNumber, x: 476, y: 118 },
    { text: '*信息技术服务*激励服务费', x: 16, y: 168 },
    { text: s.net, x: 380, y: 168 },
    { text: '6%', x: 470, y: 168 },
    { text: s.tax, x: 540, y: 168 },
    { text: `¥${s.net}`, x: 374, y: 262 },
    { text: `¥${s.tax}`, x: 534, y: 262 },
    { text: s.capitals, x: 170, y: 286 },
    { text: `¥${s.total}`, x: 466, y: 286 },
    { text: s.remark, x: 32, y: 322 },
    { text: '张三', x: 100, y: 376 },
  ],
});

/** An older form: a code, labels with blanks in them, the seller below the buyer, values a little off their labels, ¥ behind the amounts. */
export const olderLayout: Layout = (s) => ({
  width: 610,
  height: 420,
  texts: [
    { text: '广东增值税电子专用发票', x: 200, y: 28, size: 16 },
    { text: '发票代码：', x: 440, y: 20 },
    { text: '发票号码：', x: 440, y: 36 },
    { text: '开票日期：', x: 440, y: 52 },
    ...upright('购买方', 14, 84, 16),
    { text: '名        称：', x: 32, y: 84 },
    { text: '纳税人识别号：', x: 32, y: 99 },
    { text: '地 址、 电 话：', x: 32, y: 114 },
    ...upright('密码区', 330, 84, 16),
    { text: '货物或应税劳务、服务名称', x: 30, y: 146 },
    { text: '金额', x: 390, y: 146 },
    { text: '税率', x: 470, y: 146 },
    { text: '税额', x: 545, y: 146 },
    { text: '合          计', x: 60, y: 252 },
    { text: '价税合计（大写）', x: 50, y: 276 },
    { text: '（小写）', x: 420, y: 276 },
    ...upright('销售方', 14, 306, 16),
    { text: '名        称：', x: 32, y: 306 },
    { text: '纳税人识别号：', x: 32, y: 321 },
    ...upright('备注', 330, 310, 18),
    { text: '收款人：', x: 32, y: 372 },
    { text: '复核：', x: 180, y: 372 },
    { text: '044002500111', x: 500, y: 21.5 },
    { text: '12345678', x: 500, y: 37.5 },
    { text: '2025 年 11 月 05 日', x: 500, y: 53.5 },
    { text: s.buyer, x: 112, y: 85.5 },
    { text: s.buyerTaxNumber, x: 112, y: 100.5 },
    { text: '03-9+2*8>7<6/5-4+3*2>1', x: 346, y: 90 },
    { text: '*信息技术服务*激励', x: 16, y: 164 },
    { text: s.net, x: 380, y: 164 },
    { text: '6%', x: 474, y: 164 },
    { text: s.tax, x: 540, y: 164 },
    { text: `${s.net}¥`, x: 374, y: 253.5 },
    { text: `${s.tax}¥`, x: 534, y: 253.5 },
    { text: s.capitals, x: 170, y: 277.5 },
    { text: `${s.total}¥`, x: 470, y: 277.5 },
    { text: s.seller, x: 112, y: 307.5 },
    { text: s.sellerTaxNumber, x: 112, y: 322.5 },
    { text: s.remark, x: 346, y: 320 },
  ],
});

const font = 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';

/** A PDF of a layout; `info` are document information keys. */
export function pdfOf(layout: Layout, change: Partial<Sample> = {}, info: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  const { width, height, texts } = layout({ ...sample, ...change });
  return pdf([width, height], info, (doc) => {
    doc.font(font);
    for (const { text, x, y, size = 9 } of texts) doc.fontSize(size).text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
  });
}

/** A PDF that opens with a password only. */
export const lockedPdf = (): Promise<Buffer> =>
  pdf([300, 200], {}, (doc) => void doc.font(font).text(sample.number), { userPassword: 'x' });

/** A page with a picture's worth of lines and no text. */
export const scannedPdf = (): Promise<Buffer> => pdf([300, 200], {}, (doc) => void doc.rect(20, 20, 200, 100).fill('#888'));

function pdf(
  size: [number, number],
  info: Readonly<Record<string, string>>,
  draw: (doc: PDFKit.PDFDocument) => void,
  more: PDFKit.PDFDocumentOptions = {},
): Promise<Buffer> {
  const doc = new PDFDocument({ size, margin: 0, info, ...more });
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    draw(doc);
    doc.end();
  });
}

/** A zip of named texts. */
export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), name, { mtime: new Date('2025-11-05T00:00:00Z') });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}

interface OfdParts {
  readonly attached?: string;
  readonly custom?: Readonly<Record<string, string>>;
  /** Element name → index of the page's text that it refers to. */
  readonly tags?: Readonly<Record<string, number>>;
  readonly layout?: Layout;
  readonly more?: Readonly<Record<string, string>>;
}

/** An OFD with the parts asked for. */
export function ofdOf({ attached, custom = {}, tags, layout, more = {} }: OfdParts): Promise<Buffer> {
  const ns = 'xmlns:ofd="http://www.ofdspec.org/2016"';
  const data = Object.entries(custom).map(([name, value]) => `<ofd:CustomData Name="${name}">${value}</ofd:CustomData>`);
  const texts = layout?.(sample).texts ?? [];
  // In millimetres; every second text has its characters spaced one by one, as issuers write it.
  const objects = texts.map(({ text, x, y, size = 9 }, i) => {
    const mm = (points: number): string => (points * 0.3528).toFixed(3);
    const steps = i % 2 === 0 && text.length > 1 ? ` DeltaX="g ${text.length - 1} ${mm(/^[ -~]+$/.test(text) ? size / 2 : size)}"` : '';
    const content = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return `<ofd:TextObject ID="${100 + i}" Boundary="${mm(x)} ${mm(y - size)} 60 5" Font="1" Size="${mm(size)}"><ofd:TextCode X="0" Y="${mm(size)}"${steps}>${content}</ofd:TextCode></ofd:TextObject>`;
  });
  const refs = Object.entries(tags ?? {}).map(
    ([name, i]) => `<ofd:${name}><ofd:ObjectRef PageRef="1">${100 + i}</ofd:ObjectRef></ofd:${name}>`,
  );
  return zipOf({
    'OFD.xml': `<?xml version="1.0" encoding="UTF-8"?><ofd:OFD ${ns} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID><ofd:CustomDatas>${data.join('')}</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `<ofd:Document ${ns}><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
    'Doc_0/Pages/Page_0/Content.xml': `<ofd:Page ${ns}><ofd:Content><ofd:Layer>${objects.join('')}</ofd:Layer></ofd:Content></ofd:Page>`,
    ...(tags && { 'Doc_0/Tags/CustomTag.xml': `<ofd:eInvoice ${ns}>${refs.join('')}</ofd:eInvoice>` }),
    ...(attached !== undefined && { 'Doc_0/Attachs/original_invoice.xml': attached }),
    ...more,
  });
}
