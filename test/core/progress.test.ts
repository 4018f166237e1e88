import { describe, expect, it } from 'vitest';
import { followEntries, paidInFullOn } from '../../electron/core/progress.ts';
import { readTypedEntry, type Entry, type EntryKind, type TypedEntry } from '../../electron/core/request-entry.ts';
import { yuan } from '../db/rows.ts';

let next = 0;
const entry = (kind: EntryKind, on: string, change: Partial<Entry> = {}): Entry => {
  next += 1;
  return { id: next, place: next, requestId: 'SF1', kind, on, typedAt: '2025-12-01 10:00:00', ...change };
};
const paid = (on: string, amount: string): Entry => entry('payment', on, { amount: yuan(amount) });

describe('what the entries say', () => {
  it('goes forward within a round, by date and not by the order of typing', () => {
    const received = entry('received', '2025-10-12');
    const mailed = entry('mailed', '2025-10-10', { courier: '顺丰', tracking: 'SF123' });
    expect(followEntries([received, mailed])).toMatchObject({ state: 'underReview', since: '2025-10-12', receivedOn: '2025-10-12' });
    const second = entry('mailed', '2025-10-15', { tracking: 'SF124' });
    expect(followEntries([received, mailed, second])).toMatchObject({ state: 'underReview', mailing: { tracking: 'SF124' } });
  });

  it('begins anew after a rejection: the receipt of the resent one counts', () => {
    const first = [entry('mailed', '2025-10-10'), entry('received', '2025-10-12'), entry('rejected', '2025-10-15', { note: '抬头有误' })];
    const stopped = followEntries(first);
    expect(stopped).toMatchObject({ state: 'rejected', since: '2025-10-15', rejection: { note: '抬头有误' } });
    expect(stopped.receivedOn).toBeUndefined();
    const again = [...first, entry('corrected', '2025-10-15'), entry('mailed', '2025-10-15')];
    expect(followEntries(again)).toMatchObject({ state: 'sent', since: '2025-10-15' });
    const done = [...again, entry('received', '2025-10-18'), entry('passed', '2025-10-20')];
    expect(followEntries(done)).toMatchObject({ state: 'paying', since: '2025-10-20', receivedOn: '2025-10-18' });
  });

  it('adds several payments up, exactly, and knows when the amount was reached', () => {
    const progress = followEntries([paid('2025-11-03', '0.01'), paid('2025-11-01', '90071993000.01')]);
    expect(progress.received).toBe(yuan('90071993000.02'));
    expect(progress.state).toBe('paying');
    expect(paidInFullOn(yuan('90071993000.02'), progress)).toBe('2025-11-03');
    expect(paidInFullOn(yuan('90071993000.01'), progress)).toBe('2025-11-01');
    expect(paidInFullOn(yuan('90071993000.03'), progress)).toBeUndefined();
    const returned = followEntries([paid('2025-11-01', '100'), paid('2025-11-02', '-40'), paid('2025-11-05', '40')]);
    expect(paidInFullOn(yuan('100'), returned)).toBe('2025-11-05');
  });

  it('ends with what was taken back, and begins anew with a later entry', () => {
    const recalled = [entry('mailed', '2025-10-10'), entry('recalled', '2025-10-11')];
    expect(followEntries(recalled)).toMatchObject({ state: 'recalled', since: '2025-10-11' });
    expect(followEntries([...recalled, entry('sent', '2025-10-20')])).toMatchObject({ state: 'sent' });
    expect(followEntries([])).toMatchObject({ payments: [], received: 0n, toldComplete: false });
  });
});

describe('a typed entry', () => {
  const today = '2025-12-01';
  const codes = (typed: TypedEntry): string[] => {
    const read = readTypedEntry(typed, today);
    return 'problems' in read ? read.problems.map(({ field, code }) => `${field} ${code}`) : [];
  };

  it('is read with its own fields', () => {
    expect(readTypedEntry({ kind: 'mailed', on: '2025-10-10', courier: ' 顺丰速运 ', tracking: 'ＳＦ 1234 5678' }, today)).toMatchObject({
      courier: '顺丰速运',
      tracking: 'SF12345678',
    });
    expect(readTypedEntry({ kind: 'payment', on: today, amount: '¥1,234.50', complete: true }, today)).toMatchObject({
      amount: yuan('1234.50'),
      complete: true,
    });
  });

  it.each<[TypedEntry, string[]]>([
    [{ kind: 'mailed', on: '2025-12-02' }, ['on entry.date']],
    [{ kind: 'mailed', on: '2025-02-30' }, ['on entry.date']],
    [{ kind: 'received', on: '1.10.2025', tracking: 'x' }, ['on entry.date', 'tracking entry.field']],
    [{ kind: 'rejected', on: '2025-10-10', note: '  ' }, ['note entry.reason']],
    [{ kind: 'payment', on: '2025-10-10' }, ['amount entry.amount']],
    [{ kind: 'payment', on: '2025-10-10', amount: '0' }, ['amount entry.amount']],
    [{ kind: 'withdrawal', on: '2025-10-10', amount: '-5' }, ['amount entry.amount']],
    [{ kind: 'withdrawal', on: '2025-10-10', amount: '5', complete: true }, ['complete entry.field']],
    [{ kind: 'mailed', on: '2025-10-10', amount: '5' }, ['amount entry.field']],
    [{ kind: 'payment', on: '2025-10-10', amount: '-5.00' }, []],
  ])('%o is refused for %o', (typed, expected) => expect(codes(typed)).toEqual(expected));
});
