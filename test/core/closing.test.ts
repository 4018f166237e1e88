import { describe, expect, it } from 'vitest';
import { closersProblem, personName } from '../../electron/core/closing.ts';

describe('who closes a month', () => {
  it.each([
    ['王芳', '王芳'],
    ['王芳', ' 王　芳 '],
    ['Li Na', 'ｌｉ　ｎａ'],
  ])('not %s together with %s', (a, b) => {
    expect(closersProblem(a, b)?.code).toBe('close.same-person');
  });

  it.each([
    ['', '王芳'],
    ['王芳', ' 　 '],
  ])('not without a name ("%s", "%s")', (a, b) => {
    expect(closersProblem(a, b)?.code).toBe('close.name');
  });

  it('two persons', () => {
    expect(closersProblem('王芳', '李娜')).toBeUndefined();
    expect(personName('　Li   Ｎａ ')).toBe('Li Na');
  });
});
