import type { Text } from '../core/finding.ts';
import { settleValues, type ReadInvoice, type ReadValue } from '../core/read-invoice.ts';
import { FileRefused } from '../importing/cells.ts';

/** Which kinds a QR code names by its second part; the vendor takes the special ones only. */
const kinds: Readonly<Record<string, 'special' | 'ordinary'>> = {
  '01': 'special',
  '08': 'special',
  '31': 'special',
  '04': 'ordinary',
  '10': 'ordinary',
  '32': 'ordinary',
  '51': 'ordinary',
};
/** Kinds whose amount is tax included; the others state the net amount. */
const taxIncluded = ['31', '32'];

/** Reads the text of an invoice's QR code: `01,TYPE,CODE,NUMBER,AMOUNT,YYYYMMDD,CHECKCODE,CRC,`. Throws FileRefused where it is none. */
export function readQr(text: string): ReadInvoice {
  const plain = text.normalize('NFKC').replace(/[\s\u200B-\u200F\uFEFF]/g, '');
  const parts = plain.split(',');
  const [version, type = '', code = '', number = '', amount = '', date = '', , crc = ''] = parts;
  if (plain.length > 500 || parts.length < 6 || version !== '01' || !/^\d{2}$/.test(type) || !/^\d{8}$|^\d{20}$/.test(number)) {
    throw new FileRefused(
      'invoice-qr.unknown',
      `“${plain.slice(0, 80)}”不是发票二维码的文字：应为“01,类型,代码,号码,金额,日期,校验码,CRC”，请重新扫描或手工录入`,
      `"${plain.slice(0, 80)}" is not the text of an invoice's QR code ("01,TYPE,CODE,NUMBER,AMOUNT,DATE,CHECKCODE,CRC"): scan it again or type the invoice in`,
    );
  }
  const kind = kinds[type];
  const value = (field: ReadValue['field'], found: string): ReadValue => ({ field, value: found, from: 'qr' });
  const values = [value('number', number), value('code', code), value(taxIncluded.includes(type) ? 'total' : 'net', amount)];
  values.push(value('date', date), ...(kind ? [value('kind', kind)] : []));
  return settleValues('QR', values, [...kindNotes(type, kind), ...crcNotes(plain, crc)]);
}

function kindNotes(type: string, kind: 'special' | 'ordinary' | undefined): Text[] {
  if (kind === 'special') return [];
  return kind === 'ordinary'
    ? [
        {
          zh: `二维码类型 ${type} 是普通发票，对方只收增值税专用发票`,
          en: `Type ${type} of the QR code is an ordinary invoice; the vendor takes VAT special invoices only`,
        },
      ]
    : [
        {
          zh: `二维码类型 ${type} 不认识，请按票面选择发票类型`,
          en: `Type ${type} of the QR code is not known: choose the kind as printed`,
        },
      ];
}

function crcNotes(text: string, stated: string): Text[] {
  if (stated === '') return [{ zh: '二维码没有校验值，请核对票面', en: 'The QR code has no checksum: compare with the print' }];
  const computed = qrChecksum(text.split(',').slice(0, 7).join(',') + ',');
  if (computed === stated.toUpperCase()) return [];
  return [
    {
      zh: `二维码校验值是 ${stated}，按内容应为 ${computed}；有些开票软件写法不同，请核对票面`,
      en: `The QR code's checksum is ${stated}, its content gives ${computed}; some issuers write it otherwise: compare with the print`,
    },
  ];
}

/** CRC-16 of an ASCII text: polynomial 0x8005, initial 0, not reflected; 4 upper-case hex digits. */
export function qrChecksum(text: string): string {
  let crc = 0;
  for (let i = 0; i < text.length; i++) {
    crc ^= (text.charCodeAt(i) & 0xff) << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x8005) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
