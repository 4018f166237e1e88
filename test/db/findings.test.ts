import { expect, onTestFinished, test } from 'vitest';
import { listFindings, openByCode } from '../../db/findings.ts';
import { markFindings } from '../../db/mark-findings.ts';
import { saveFindings } from '../../db/save-findings.ts';
import { settleFindings, type FindingDraft } from '../../electron/core/finding.ts';
import { openWorkspace } from './workspace.ts';

const cycle = '2025-09';
const at = '2025-10-08 09:00:00';
const draft: FindingDraft = {
  code: 'bill.total',
  businessKey: [],
  expected: 1n,
  stated: 2n,
  reason: { zh: '多', en: 'more' },
  candidates: [],
  left: [],
  right: [],
};

test('a finding that the data has resolved takes a note, but only a run opens it again', () => {
  const { db, close } = openWorkspace();
  onTestFinished(close);
  const key = `bill.total|${cycle}`;
  const run = (drafts: readonly FindingDraft[]): void => saveFindings(db, cycle, settleFindings(drafts, cycle), at);
  run([draft]);
  expect(markFindings(db, [key], { status: 'disputed' }, at)).toBe(1);
  run([]);
  expect(markFindings(db, [key], { status: 'open' }, at)).toBe(0);
  expect(markFindings(db, [key], { status: 'open', note: '已电话确认' }, at)).toBe(1);
  expect(listFindings(db, cycle, { status: 'resolved' })).toMatchObject([{ key, resolvedByData: true, note: '已电话确认' }]);
  expect(openByCode(db, cycle).size).toBe(0);
  run([draft]);
  expect(listFindings(db, cycle)).toMatchObject([{ key, status: 'open', resolvedByData: false }]);
});
