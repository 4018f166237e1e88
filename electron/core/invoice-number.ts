import type { Text } from './finding.ts';

/** An invoice number that can be used, always text; `code` is empty for digital invoices (数电票). */
export interface InvoiceNumber {
  readonly number: string;
  readonly code: string;
  /** Shape right but year or region implausible: to be checked, not refused. */
  readonly doubt?: Text;
}

/** Provinces by GB/T 2260, and 91–95 of the tax offices of Dalian, Ningbo, Xiamen, Qingdao and Shenzhen. */
const regions = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 91 92 93 94 95'.split(' '),
);
const firstDigitalYear = 2021;

/** Digits as people paste them: full-width forms, blanks, invisible marks and a leading `No.`/`№` are folded away. */
export const normaliseInvoiceNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200B-\u200F\u2060\uFEFF'`’]/g, '')
    .replace(/^no[.:．：]*/i, '');

/**
 * Reads a number with its code: 20 digits and no code (digital), or 8 digits with a code of 10 or 12. `date` (ISO) is the invoice's own, to compare
 * the year in a digital number. A refusal says what is wrong and what to do.
 */
export function readInvoiceNumber(rawNumber: string, rawCode: string, date: string): InvoiceNumber | { readonly refused: Text } {
  const number = normaliseInvoiceNumber(rawNumber);
  const code = normaliseInvoiceNumber(rawCode);
  if (/^[+-]?\d+(\.\d+)?e[+-]?\d+$/i.test(number) || /^\d+\.\d+$/.test(number)) return { refused: scientific(rawNumber) };
  if (!/^\d+$/.test(number)) {
    return refuse(`发票号码“${rawNumber}”应只有数字`, `The invoice number "${rawNumber}" must hold digits only`);
  }
  if (number.length === 20) return digital(number, code, date);
  if (number.length === 8) return old(number, code);
  return refuse(
    `发票号码 ${number} 有 ${number.length} 位：数电票应为 20 位，纸质或旧版电子票应为 8 位，请按票面补全`,
    `The invoice number ${number} has ${number.length} digits; a digital invoice has 20, an older one 8: type it as printed`,
  );
}

function digital(number: string, code: string, date: string): InvoiceNumber | { readonly refused: Text } {
  if (code !== '') {
    return refuse(
      `数电票号码 ${number} 没有发票代码，请去掉代码 ${code}`,
      `The digital invoice ${number} has no invoice code: leave out ${code}`,
    );
  }
  const year = 2000 + Number(number.slice(0, 2));
  const region = number.slice(2, 4);
  if (year < firstDigitalYear || String(year) !== date.slice(0, 4)) {
    const doubt = {
      zh: `发票号码 ${number} 前两位表示 ${year} 年，与开票日期 ${date} 不符，请核对`,
      en: `The first two digits of invoice ${number} mean ${year}, but it is dated ${date}: check both`,
    };
    return { number, code, doubt };
  }
  if (regions.has(region)) return { number, code };
  const doubt = {
    zh: `发票号码 ${number} 第 3–4 位 ${region} 不是已知的地区代码，请核对`,
    en: `Digits 3–4 of invoice ${number}, ${region}, are no known region: check them`,
  };
  return { number, code, doubt };
}

function old(number: string, code: string): InvoiceNumber | { readonly refused: Text } {
  if (/^(\d{10}|\d{12})$/.test(code)) return { number, code };
  return code === ''
    ? refuse(
        `8 位发票号码 ${number} 还需要 10 或 12 位的发票代码`,
        `The 8-digit invoice number ${number} also needs its invoice code of 10 or 12 digits`,
      )
    : refuse(
        `发票代码“${code}”应为 10 或 12 位数字（发票号码 ${number}）`,
        `The invoice code "${code}" of invoice ${number} must have 10 or 12 digits`,
      );
}

const scientific = (raw: string): Text => ({
  zh: `“${raw}”是 Excel 的科学计数或小数写法，后面的数字已经丢失，无法还原；请把单元格设为“文本”后按票面重新输入号码`,
  en: `"${raw}" is a number as Excel rewrites it (scientific notation or a decimal): its last digits are lost. Format the cell as text and type the number as printed`,
});
const refuse = (zh: string, en: string): { readonly refused: Text } => ({ refused: { zh, en } });
