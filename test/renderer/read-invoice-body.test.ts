import { expect, test } from 'vitest';
import { bodyOf, entriesOf, readProblems, typedOver, withoutDoubt } from '../../renderer/pages/invoices/read-invoice-body.ts';
import type { ReadFile } from '../../renderer/stores/read-invoices.ts';

const words = { date: 'date', incomplete: 'incomplete' };
const value = (field: string, text: string) => ({ field, value: text, from: 'qr' as const });
const read: ReadFile = {
  name: 'QR',
  paths: [],
  status: 'read',
  values: [value('number', '24312000000358032546'), value('kind', 'special'), value('date', '2024-11-18'), value('total', '633.00')],
  disagreements: [],
  notes: [],
  suggestions: [],
};

test('what was read is sent with its source, what was typed as typed, and net and tax follow from total and rate', () => {
  const entries = entriesOf(read);
  expect(bodyOf(entries, 'SF1')).toBeUndefined();
  expect([...readProblems(entries, 'zh', words)]).toEqual([['', 'incomplete']]);
  const typed = typedOver(entries, read, 'rate', '6%');
  expect(readProblems(typed, 'zh', words).size).toBe(0);
  expect(bodyOf(typed, 'SF1')).toMatchObject({
    net: '597.17',
    tax: '35.83',
    requestId: 'SF1',
    sources: [...read.values.map(({ field }) => ({ field, from: 'qr' })), { field: 'rate', from: 'typed' }],
  });
});

test('a value typed back to what was read is read again; a rate stands in place of several', () => {
  const other = typedOver(entriesOf(read), read, 'date', '2024-11-19');
  expect(other['date']).toEqual({ value: '2024-11-19', from: 'typed' });
  expect(typedOver(other, read, 'date', '2024-11-18')['date']).toEqual({ value: '2024-11-18', from: 'qr' });
  const several = { ...entriesOf(read), rates: { value: '6%、13%', from: 'xml' as const } };
  expect(typedOver(several, read, 'rate', '6%')).not.toHaveProperty('rates');
});

test('a date that is none and a number that cannot be used are told at their fields', () => {
  const typed = typedOver(typedOver(entriesOf(read), read, 'rate', '6%'), read, 'number', '2.4E+19');
  const problems = readProblems(typedOver(typed, read, 'date', '2024-13-01'), 'zh', words);
  expect(problems.get('date')).toBe('date');
  expect(problems.get('number')).toContain('科学计数');
});

test('only what nothing speaks against is saved with others; its request only where that is wanted and its remark names one', () => {
  const suggestion = (requestId: string, by: 'remark' | 'amount') => ({ requestId, by, text: { zh: '', en: '' } });
  const clear: ReadFile = {
    ...read,
    values: [...read.values, value('net', '597.17'), value('tax', '35.83'), value('rate', '6%')],
    suggestions: [suggestion('SF1', 'remark'), suggestion('SF2', 'amount')],
  };
  expect(withoutDoubt(clear, true)).toMatchObject({ body: { net: '597.17', requestId: 'SF1' }, total: 63_300_000_000n });
  expect(withoutDoubt(clear, false)!.body).not.toHaveProperty('requestId');
  expect(withoutDoubt({ ...clear, suggestions: [...clear.suggestions, suggestion('SF3', 'remark')] }, true)!.body).not.toHaveProperty(
    'requestId',
  );
  expect(withoutDoubt({ ...clear, suggestions: [suggestion('SF2', 'amount')] }, true)!.body).not.toHaveProperty('requestId');
  const text = { zh: '已登记', en: 'entered' };
  const other = (field: string, as: string) => ({
    ...clear,
    values: clear.values.map((one) => (one.field === field ? { ...one, value: as } : one)),
  });
  const doubtful: ReadFile[] = [
    read,
    { ...clear, status: 'refused' },
    { ...clear, known: text },
    { ...clear, notes: [text] },
    { ...clear, disagreements: [{ field: 'net', values: [value('net', '1.00')] }] },
    { ...clear, values: [...clear.values, value('rates', '6%、13%')] },
    other('kind', 'ordinary'),
    other('total', '633.01'),
    other('rate', '13%'),
    other('date', '2024-13-01'),
    other('number', '2.4E+19'),
    { ...clear, values: [...clear.values, value('capitals', '壹圆整')] },
  ];
  expect(doubtful.map((one) => withoutDoubt(one, true))).toEqual(doubtful.map(() => undefined));
});
