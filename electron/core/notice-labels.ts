/** What a notice of the vendor may say; the last three are known so that they are not taken for the others. */
export type NoticeLabel = NoticeField | 'registeredAddress' | 'registeredPhone' | 'otherData';

/** What is read out of a notice, in the order in which it is shown; named as the request's own fields. */
export const noticeFields = ['buyerName', 'buyerTaxNumber', 'mailingAddress', 'recipient', 'recipientPhone', 'mailbox'] as const;
export type NoticeField = (typeof noticeFields)[number];

interface Words {
  readonly label: NoticeLabel;
  /** Parted by strokes. */
  readonly strong: string;
  /** These count only where no other names the field. */
  readonly weak?: string;
}

/** The words before a value, as vendors and their agents write them. */
const words: readonly Words[] = [
  {
    label: 'buyerName',
    strong:
      '购买方名称|购方名称|购货单位名称|购货单位|受票方名称|受票单位|开票名称|开票单位|发票抬头|开票抬头|抬头|公司名称|单位名称|公司全称|购买方|购方|' +
      'Buyer name|Buyer|Invoice title|Company name|Bill to',
    weak: '名称',
  },
  {
    label: 'buyerTaxNumber',
    strong:
      '统一社会信用代码/纳税人识别号|统一社会信用代码|纳税人识别号|购买方税号|购方税号|纳税识别号|税务登记号|税号|信用代码|' +
      'Taxpayer identification number|Taxpayer ID|Tax number|Tax ID|Tax No.|Tax no',
  },
  {
    label: 'mailingAddress',
    strong:
      '发票邮寄地址|邮寄地址|收件地址|收货地址|寄送地址|快递地址|收票地址|寄票地址|通信地址|通讯地址|收件人地址|邮寄至|寄送至|快递至|邮寄到|寄往|寄到|寄至|' +
      'Mailing address|Delivery address|Ship to|Mail to',
    weak: '地址|Address',
  },
  {
    label: 'recipient',
    strong: '收件联系人|收件人姓名|收件人|收票人|收货人|接收人|Recipient|Attention|Attn',
    weak: '联系人|Contact person|Contact',
  },
  {
    label: 'recipientPhone',
    strong: '收件人联系电话|收件人电话|收件电话|收票人电话|收件人手机|收票人手机',
    weak: '联系电话|联系方式|手机号码|手机号|手机|电话|Telephone|Phone|Mobile|Tel',
  },
  {
    label: 'mailbox',
    strong: '公共邮箱|收票邮箱|接收邮箱|收件邮箱|电子发票邮箱|发票邮箱|数电票邮箱|Mailbox',
    weak: '电子邮箱|电子邮件|邮箱地址|邮箱|邮件地址|E-mail|Email',
  },
  {
    label: 'registeredAddress',
    strong: '注册地址及电话|注册地址|单位地址|公司地址|开票地址|购方地址、电话|购方地址|地址、电话|地址及电话|地址电话|Registered address',
  },
  { label: 'registeredPhone', strong: '注册电话|公司电话|单位电话|购方电话|开票电话|Registered phone' },
  {
    label: 'otherData',
    strong:
      '开户行及账号|开户行及帐号|开户银行|开户行|银行账号|银行帐号|银行账户|账号|帐号|邮政编码|邮编|备注|申付单号|对账期次|发票类型|开票金额|金额|税率|截止日期|注|传真|' +
      'Bank account|Bank|Account no|Postcode|Remark|Amount|Note|Fax|Invoice type',
  },
];

/** One word found in the text: where it begins, and where what it names begins. */
export interface FoundLabel {
  readonly label: NoticeLabel;
  readonly weak: boolean;
  readonly start: number;
  readonly end: number;
}

const list = words.flatMap(({ label, strong, weak }) => [
  ...strong.split('|').map((word) => ({ label, word, weak: false })),
  ...(weak?.split('|') ?? []).map((word) => ({ label, word, weak: true })),
]);
const byWord = new Map(list.map((one) => [one.word.toLowerCase(), one]));
/** The words as one alternative, the longest first; blanks may stand between Chinese characters, for 名  称 is set so. */
const alternatives = (some: readonly string[]): string =>
  some
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '\\s+'))
    .map((word) => word.replace(/(?<=\p{Script=Han})(?=\p{Script=Han})/gu, '[ \\t\\u3000]*'))
    .join('|');
const any = `(?<![A-Za-z])(${alternatives(list.map(({ word }) => word))})(?:\\s*[（(][^（）()\\n]{0,20}[）)])?`;
/** Behind a label: a colon, a tab, a stroke, a closing bracket, or 为/是. */
const behind = '[ \\t\\u3000]*(?:[】\\]」][ \\t\\u3000]*[:：]?|[:：=|]|(?<=\\t)|为[:：]?|是[:：]?)';
const patterns = [
  new RegExp(`${any}${behind}`, 'giu'),
  // At the beginning of a line a blank is enough.
  new RegExp(`(?<=^[ \\t\\u3000\\d.、)）·*#-]{0,8})${any}[ \\u3000]+(?=\\S)`, 'gimu'),
  // Alone on its line, with the value on the next.
  new RegExp(`(?<=^[ \\t\\u3000\\d.、)）·*#-]{0,8})${any}(?=[ \\t\\u3000]*\\r?\\n)`, 'gimu'),
  // These say where to by themselves.
  new RegExp(`(${alternatives(['邮寄至', '寄送至', '快递至', '邮寄到', '寄往', '寄到', '寄至'])})[:：]?`, 'gu'),
];

/** Every label of the text in its order; of two in one place the longer. */
export function findLabels(text: string): FoundLabel[] {
  const found = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match): FoundLabel => {
      const word = match[1]!.replace(/\s+/g, /[A-Za-z]/.test(match[1]!) ? ' ' : '');
      const { label, weak } = byWord.get(word.toLowerCase())!;
      return { label, weak, start: match.index, end: match.index + match[0].length };
    }),
  );
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end);
  return sorted.filter((one, index) => sorted.slice(0, index).every((before) => before.end <= one.start));
}
