import { describe, expect, it } from 'vitest';
import { cellKinds } from '../../electron/importing/cells.ts';
import {
  readAssociation,
  readBillingMode,
  readBillType,
  readConsumptionBillingMode,
  readDirection,
  readNewCustomer,
  readProductPolicy,
  readStatus,
  readSummaryBillType,
  readTradeType,
} from '../../electron/importing/values/enums.ts';
import { Fault, Pair } from '../../electron/importing/values/fault.ts';
import { readId, readIdList, readText } from '../../electron/importing/values/text.ts';
import { readDate, readMonth, readPeriod, readTime, readUtcTime } from '../../electron/importing/values/time.ts';

const { text, number, date, error } = cellKinds;
const shown = (value: unknown): unknown =>
  value instanceof Fault ? value.code : value instanceof Pair ? [value.first, value.second] : value;

describe('months', () => {
  it.each([
    ['2025-07', text, '2025-07'],
    ['202507', text, '2025-07'],
    ['202507', number, '2025-07'],
    ['2025/07', text, '2025-07'],
    ['2025/7', text, '2025-07'],
    ['2025年7月', text, '2025-07'],
    ['2025年07月', text, '2025-07'],
    ['２０２５－０７', text, '2025-07'],
    ['\t2025-07 ', text, '2025-07'],
    ['2025-07-01', date, '2025-07'],
    ['45839', number, '2025-07'],
    ['--', text, null],
    ['2025-13', text, 'month.unreadable'],
    ['Jul-25', text, 'month.unreadable'],
    ['20257', text, 'month.unreadable'],
    ['2025.10', text, '2025-10'],
    ['2025.2', text, '2025-02'],
    ['2025.1', number, 'month.unreadable'],
    ['2025.1', text, 'month.unreadable'],
  ])('%j is %j', (cell, kind, expected) => {
    expect(shown(readMonth(cell, kind))).toBe(expected);
  });
});

describe('times', () => {
  it.each([
    ['2025-09-03 08:36:01', text, '2025-09-03 08:36:01'],
    ['2020-09-28 09:00:00 GMT+08:00', text, '2020-09-28 09:00:00'],
    ['2020/07/02 08:36', text, '2020-07-02 08:36:00'],
    ['2025-09-30T16:30:00Z', text, '2025-10-01 00:30:00'],
    ['2025-12-31T23:59:59.123Z', text, '2026-01-01 07:59:59'],
    ['2025-09-30 10:00:00 UTC', text, '2025-09-30 18:00:00'],
    ['2025-09-30T10:00:00+09:00', text, '2025-09-30 09:00:00'],
    ['2025年9月3日 8:05', text, '2025-09-03 08:05:00'],
    ['2025-09-03', text, '2025-09-03 00:00:00'],
    ['20250903', text, '2025-09-03 00:00:00'],
    ['20250903083601', text, '2025-09-03 08:36:01'],
    ['45902.5', number, '2025-09-02 12:00:00'],
    ['45902.999988425923', number, '2025-09-02 23:59:59'],
    ['2024-02-29 23:00:00', text, '2024-02-29 23:00:00'],
    ['2025-02-29 23:00:00', text, 'time.unreadable'],
    ['2025-08-31 23:59:59', text, '2025-08-31 23:59:59'],
    ['2025-09-30 00:00:00', text, '2025-09-30 00:00:00'],
    ['2025-09-31', text, 'time.unreadable'],
    ['2025-09-31 10:00:00', text, 'time.unreadable'],
    ['2025-13-01 10:00:00', text, 'time.unreadable'],
    ['2025-00-10 10:00:00', text, 'time.unreadable'],
    ['2025-09-03 25:00:00', text, 'time.unreadable'],
    ['soon', text, 'time.unreadable'],
    ['-', text, null],
  ])('%j is %j', (cell, kind, expected) => {
    expect(shown(readTime(cell, kind))).toBe(expected);
  });

  it('splits a range of full timestamps, with or without spaces', () => {
    const both = ['2025-09-01 00:00:00', '2025-09-01 01:00:00'];
    expect(shown(readPeriod('2025-09-01 00:00:00 - 2025-09-01 01:00:00', text))).toEqual(both);
    expect(shown(readPeriod('2025-09-01 00:00:00-2025-09-01 01:00:00', text))).toEqual(both);
    expect(shown(readPeriod('2025/09/01 00:00:00 GMT+08:00 - 2025/09/01 01:00:00 GMT+08:00', text))).toEqual(both);
    expect(shown(readPeriod('2025-09-01 00:00:00', text))).toBe('2025-09-01 00:00:00');
    expect(shown(readPeriod('2025-09-01 00:00:00 - later, much later', text))).toBe('time.unreadable');
  });

  it('converts a column that is headed UTC, but not a cell that names its own zone', () => {
    expect(readUtcTime('2025-09-30 20:00:00', text)).toBe('2025-10-01 04:00:00');
    expect(readUtcTime('2025-09-30T20:00:00Z', text)).toBe('2025-10-01 04:00:00');
  });

  it('keeps the day of a validity date', () => {
    expect(readDate('2025/1/5', text)).toBe('2025-01-05');
  });
});

describe('ids and texts', () => {
  it.each([
    ['\tCS2007020834553YB', text, 'CS2007020834553YB'],
    ['0666aa7a00000000000000000000beef\t', text, '0666aa7a00000000000000000000beef'],
    ['123456', number, '123456'],
    ['6.66E+7', text, 'id.damaged'],
    ['2.64420E+19', text, 'id.damaged'],
    ['2.6442000000000001E+19', number, 'id.damaged'],
    ['1234567890123456', number, 'id.damaged'],
    ['', text, null],
    ['N/A', text, null],
    ['-', text, null],
    ['#REF!', error, 'cell.error'],
    ['#N/A', text, 'cell.error'],
    ['#DIV/0!', text, 'cell.error'],
    ['#1024', text, '#1024'],
  ])('id %j is %j', (cell, kind, expected) => {
    expect(shown(readId(cell, kind))).toBe(expected);
  });

  it('reads lists of ids and masked names', () => {
    expect(readIdList('IB1；IB2, IB3', text)).toBe('IB1;IB2;IB3');
    expect(shown(readIdList('IB1;6.66E+7', text))).toBe('id.damaged');
    expect(readText(' 张*** ', text)).toBe('张***');
  });
});

describe('closed lists', () => {
  it('reads the way of cooperation', () => {
    for (const cell of ['顾问销售', '顾问销售模式', '推荐', '1']) expect(readAssociation(cell, text)).toBe('referral');
    for (const cell of ['代售', '代售模式', '垫付', '转售', '2']) expect(readAssociation(cell, text)).toBe('resale');
    expect(shown(readAssociation('其他', text))).toBe('enum.unknown');
  });

  it('reads bill types in detail, coarse, and as codes', () => {
    expect(shown(readBillType('消费-新购', text))).toEqual([1n, 'consumption']);
    expect(shown(readBillType('4', text))).toEqual([4n, 'refund']);
    expect(shown(readBillType('退款-包年/包月转按需', text))).toEqual([24n, 'refund']);
    expect(shown(readBillType('调账-补偿', text))).toEqual([9n, 'adjustment']);
    expect(shown(readBillType('103', number))).toEqual([103n, 'consumption']);
    expect(shown(readBillType('退款', text))).toEqual([null, 'refund']);
    expect(shown(readBillType('消费-新品种', text))).toEqual([null, 'consumption']);
    expect(shown(readBillType('胡写', text))).toBe('enum.unknown');
    expect(shown(readSummaryBillType('2', text))).toEqual([null, 'writeOff']);
  });

  it('trusts the text of a billing mode, and its code only where the source is known', () => {
    expect(readBillingMode('包年/包月', text)).toBe('yearlyMonthly');
    expect(readBillingMode('1', text)).toBe('1');
    expect(readConsumptionBillingMode('1', text)).toBe('yearlyMonthly');
    expect(readConsumptionBillingMode('按需', text)).toBe('payPerUse');
    expect(readConsumptionBillingMode('11', text)).toBe('savingsPlan');
  });

  it('reads ledger, status and tag', () => {
    expect(readTradeType('DEDEUCT', text)).toBe('deduction');
    expect(readTradeType('解绑回收', text)).toBe('unbindRetrieval');
    expect(readDirection('支出', text)).toBe('out');
    expect(readStatus('终稿', text)).toBe('final');
    expect(readNewCustomer('新客', text)).toBe('Y');
    expect(readProductPolicy('有业绩无返点', text)).toBe(13n);
    expect(readProductPolicy('13', number)).toBe(13n);
  });
});
