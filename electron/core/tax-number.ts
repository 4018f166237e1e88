import type { Text } from './finding.ts';
import { counted } from './display-count.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** A tax number as people paste it: full-width forms, blanks and lower case are folded away. */
export const normaliseTaxNumber = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** The 18th character of a unified social credit code by GB 32100; undefined where the 17 before it hold a character that it never uses. */
export function checkCharacter(first17: string): string | undefined {
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    const value = alphabet.indexOf(first17[index] ?? ' ');
    if (value < 0) return undefined;
    sum += value * weight;
  }
  return alphabet[(31 - (sum % 31)) % 31];
}

/** What is wrong with a normalised tax number, or undefined. It may be used anyway: older numbers of 15, 17 or 20 characters exist and have no check character. */
export function taxNumberProblem(number: string): Text | undefined {
  if (/^([0-9A-Z]{15}|[0-9A-Z]{17}|[0-9A-Z]{20})$/.test(number)) return undefined;
  if (number.length !== 18) {
    return {
      zh: `税号 ${number} 有 ${number.length} 位，统一社会信用代码应为 18 位，请核对`,
      en: `The tax number ${number} has ${counted(number.length, 'character')}; a unified social credit code has 18: check it`,
    };
  }
  const expected = checkCharacter(number);
  if (expected === undefined) {
    return {
      zh: `税号 ${number} 含有统一社会信用代码不用的字符（如 I、O、S、V、Z），请核对`,
      en: `The tax number ${number} holds a character that unified social credit codes never use (such as I, O, S, V, Z): check it`,
    };
  }
  if (expected === number[17]) return undefined;
  return {
    zh: `税号 ${number} 的校验位是 ${number[17]}，按前 17 位应为 ${expected}，多半有一位输错`,
    en: `The check character of tax number ${number} is ${number[17]}; the first 17 characters give ${expected}: probably one is mistyped`,
  };
}
