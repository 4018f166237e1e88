import { describe, expect, it } from 'vitest';
import { checkCharacter, normaliseTaxNumber, taxNumberProblem } from '../../electron/core/tax-number.ts';

/** Public codes of well-known companies, whose check characters are known to be right. */
const valid = ['914403001922038216', '91440300708461136T', '91110000802100433B'];

describe('tax number', () => {
  it.each(valid)('%s has its check character by GB 32100', (number) => {
    expect(checkCharacter(number.slice(0, 17))).toBe(number[17]);
    expect(taxNumberProblem(number)).toBeUndefined();
  });

  it('notices every single mistyped character of a valid number', () => {
    const number = valid[0]!;
    for (let at = 0; at < 18; at += 1) {
      for (const other of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        if (other === number[at]) continue;
        expect(taxNumberProblem(number.slice(0, at) + other + number.slice(at + 1))).toBeDefined();
      }
    }
  });

  it('says which character it should be', () => {
    expect(taxNumberProblem('914403001922038217')?.zh).toContain('应为 6');
  });

  it('says that I, O, S, V and Z are never used, and how long a number is', () => {
    expect(taxNumberProblem('91440300I922038216')?.en).toContain('never use');
    expect(taxNumberProblem('9144030019220382')?.zh).toContain('16 位');
  });

  it('lets the older lengths pass, which have no check character', () => {
    for (const length of [15, 17, 20]) expect(taxNumberProblem('1'.repeat(length))).toBeUndefined();
  });

  it('folds full-width forms, blanks and lower case away', () => {
    expect(normaliseTaxNumber(' ９１４４０３００ 708461136t ')).toBe('91440300708461136T');
  });
});
