/** A header cell reduced to what is compared, with its unit kept apart. */
export interface Header {
  /** As in the file, line breaks turned into spaces. */
  readonly text: string;
  /** NFKC, no spaces, underscores or BOM, lower case, without the unit. */
  readonly key: string;
  /** ISO currency of `(元)`, `（USD）`; '%' ; 'UTC' or '+08:00' for times; '万元'; undefined where none is written. */
  readonly unit: string | undefined;
}

const units: Readonly<Record<string, string>> = {
  元: 'CNY', 人民币: 'CNY', 人民币元: 'CNY', '元人民币': 'CNY', cny: 'CNY', rmb: 'CNY', '¥': 'CNY', '单位:元': 'CNY', '单位元': 'CNY',
  美元: 'USD', usd: 'USD', '$': 'USD', 'us$': 'USD', 欧元: 'EUR', eur: 'EUR', '€': 'EUR', 港币: 'HKD', 港元: 'HKD', hkd: 'HKD', 英镑: 'GBP', gbp: 'GBP',
  日元: 'JPY', jpy: 'JPY', 新加坡元: 'SGD', sgd: 'SGD', thb: 'THB', myr: 'MYR', idr: 'IDR', brl: 'BRL', mxn: 'MXN', zar: 'ZAR', 万元: '万元',
  '%': '%', utc: 'UTC', gmt: 'UTC', 'utc+8': '+08:00', 'utc+08:00': '+08:00', 'gmt+8': '+08:00', 'gmt+08:00': '+08:00', 北京时间: '+08:00',
}; // prettier-ignore

/** Compares headers as the portal varies them: full width, spaces, line breaks, BOM, a leading `*`, a unit in brackets at the end. */
export function normalizeHeader(cell: string): Header {
  const text = cell.replace(/[\s\uFEFF\u200B]+/g, ' ').trim();
  let key = text
    .normalize('NFKC')
    .replace(/[\s_\uFEFF\u200B]+/g, '')
    .replace(/^[*#]+|[*:]+$/g, '')
    .toLowerCase();
  const m = /^(.+?)[([【]([^()[\]【】]+)[)\]】]$/.exec(key);
  const unit = m ? units[m[2]!] : undefined;
  if (m && unit !== undefined) key = m[1]!;
  return { text, key, unit };
}

const currencies = new Set(['CNY', 'USD', 'EUR', 'HKD', 'GBP', 'JPY', 'SGD', 'THB', 'MYR', 'IDR', 'BRL', 'MXN', 'ZAR']);
export const isCurrency = (unit: string | undefined): unit is string => unit !== undefined && currencies.has(unit);
