import { describe, expect, test } from 'vitest';
import { filtered, noFilter, outstandingOf } from '../../renderer/pages/invoices/board/board-rows.ts';
import { blankDraft, draftOf, draftProblems, inputOf, nextKind } from '../../renderer/pages/invoices/progress/entry-draft.ts';
import type { BoardRequest, Entry } from '../../renderer/stores/progress.ts';
import { golden } from './golden-dispatch.ts';

const [base] = golden('requests.board').requests;
const row = (change: Partial<BoardRequest>): BoardRequest => ({ ...base!, overdue: false, ...change });

describe('the board', () => {
  const rows = [
    row({ requestId: 'SF1', stage: 'paying', outstanding: '10.50000000', currency: 'CNY', overdue: true }),
    row({ requestId: 'SF2', stage: 'sent', outstanding: '1.00000000', currency: 'USD', tracking: 'AB77' }),
    row({ requestId: 'SF3', stage: 'paid', outstanding: '5.00000000', currency: 'CNY' }),
    row({ requestId: 'SF4', stage: 'toInvoice', outstanding: '0.01000000', currency: 'CNY' }),
  ];
  test.each([
    [noFilter, ['SF1', 'SF2', 'SF3', 'SF4']],
    [{ ...noFilter, stage: 'sent' as const }, ['SF2']],
    [{ ...noFilter, onlyLate: true }, ['SF1']],
    [{ ...noFilter, search: ' ab７７ ' }, ['SF2']],
    [{ ...noFilter, onlyLate: true, search: 'sf4' }, []],
  ])('%j shows %j', (filter, ids) => {
    expect(filtered(rows, filter).map((r) => r.requestId)).toEqual(ids);
  });

  test('adds up what is still to come, each currency by itself; what is paid is not', () => {
    expect(outstandingOf(rows)).toEqual([
      { currency: 'CNY', amount: '10.51000000' },
      { currency: 'USD', amount: '1.00000000' },
    ]);
  });
});

describe('an entry', () => {
  const today = '2025-11-20';
  test('stores only the fields of its kind', () => {
    const typed = { ...blankDraft('payment', today), courier: 'EMS', amount: '1,060.00', note: ' ', complete: true };
    expect(inputOf(typed)).toEqual({ kind: 'payment', on: today, amount: '1,060.00', complete: true });
    expect(inputOf({ ...typed, kind: 'mailed' })).toEqual({ kind: 'mailed', on: today, courier: 'EMS' });
  });

  test('is checked by the app’s own rules', () => {
    expect([...draftProblems({ ...blankDraft('rejected', today), on: '2025-11-21' }, today, 'en').keys()]).toEqual(['on', 'note']);
    expect([...draftProblems({ ...blankDraft('payment', today), amount: '12.345' }, today, 'zh').keys()]).toEqual(['amount']);
    expect(draftProblems({ ...blankDraft('received', today) }, today, 'zh').size).toBe(0);
  });

  test('comes back into the form as it was stored', () => {
    const entry: Entry = {
      id: 1,
      kind: 'payment',
      on: '2025-11-02',
      amount: '1060.00000000',
      complete: true,
      typedAt: '2025-11-03 10:00:00',
    };
    expect(inputOf(draftOf(entry))).toEqual({ kind: 'payment', on: '2025-11-02', amount: '1,060.00', complete: true });
  });

  test.each([
    ['invoiced', [], 'mailed'],
    ['sent', ['mailed'], 'received'],
    ['rejected', ['mailed', 'rejected'], 'corrected'],
    ['rejected', ['rejected', 'corrected'], 'mailed'],
    ['paying', ['passed'], 'payment'],
    ['paid', ['payment'], 'withdrawal'],
  ] as const)('of a request that is %s after %j is usually %s', (stage, kinds, next) => {
    const entries = kinds.map((kind, id): Entry => ({ id, kind, on: today, typedAt: '' }));
    expect(nextKind({ stage, entries })).toBe(next);
  });
});
