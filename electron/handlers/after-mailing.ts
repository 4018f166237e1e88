import { openRequestFindings } from '../../db/findings.ts';
import { recordInJournal } from '../../db/journal.ts';
import type { WriteDb } from '../../db/open.ts';
import { addEntry, entriesOf, findEntry, removedEntriesOf, removeEntry } from '../../db/request-entries.ts';
import { findRequest } from '../../db/requests.ts';
import { loadSettings } from '../../db/settings.ts';
import { stageFacts } from '../../db/stage-facts.ts';
import type { Handlers, Output } from '../contract.ts';
import { boardRow } from '../core/board.ts';
import { formatMoney } from '../core/money.ts';
import { readNotice } from '../core/notice.ts';
import { readTypedEntry, type EntryFields, type TypedEntry } from '../core/request-entry.ts';
import { AppError } from '../errors.ts';
import { wireBoard, wireProgress } from './board-wire.ts';
import type { AppContext } from './context.ts';
import { printAddressLabels } from './labels.ts';

type Methods =
  | 'requests.readNotice'
  | 'requests.labels'
  | 'requests.progress'
  | 'requests.enter'
  | 'requests.correct'
  | 'requests.strike'
  | 'requests.board';
type WireProgress = Output<'requests.progress'>['progress'];

/** What happens to a request after its invoices are there: mailing, receipt, review, money; and all requests by stage. */
export const afterMailingHandlers = (context: AppContext): Pick<Handlers, Methods> => ({
  'requests.progress': ({ requestId }) => ({ progress: progressOf(context, requestId) }),
  'requests.enter': async ({ requestId, ...typed }) => {
    const fields = readFields(context, typed);
    await commit(context, (db, at) => {
      if (!findRequest(db, requestId)) throw unknownRequest(requestId);
      const id = addEntry(db, requestId, fields, at);
      recordInJournal(db, at, 'request.enter', { requestId, id, ...journalled(fields) });
    });
    return { progress: progressOf(context, requestId) };
  },
  'requests.correct': async ({ id, reason, ...typed }) => {
    const fields = readFields(context, typed);
    const requestId = await commit(context, (db, at) => {
      const old = findEntry(db, id);
      if (!old) throw unknownEntry(id);
      const replacement = addEntry(db, old.requestId, fields, at, old.place);
      removeEntry(db, id, reason.trim(), at, replacement);
      const told = { requestId: old.requestId, id, was: journalled(old), replacedBy: replacement, reason: reason.trim() };
      recordInJournal(db, at, 'request.correct', { ...told, ...journalled(fields) });
      return old.requestId;
    });
    return { progress: progressOf(context, requestId) };
  },
  'requests.strike': async ({ id, reason }) => {
    const requestId = await commit(context, (db, at) => {
      const old = findEntry(db, id);
      if (!old) throw unknownEntry(id);
      removeEntry(db, id, reason.trim(), at);
      recordInJournal(db, at, 'request.strike', { requestId: old.requestId, id, was: journalled(old), reason: reason.trim() });
      return old.requestId;
    });
    return { progress: progressOf(context, requestId) };
  },
  'requests.readNotice': ({ text }) => {
    const { fields, notes } = readNotice(text);
    return { fields: fields.map((one) => ({ ...one, others: [...one.others] })), notes: [...notes] };
  },
  'requests.labels': (what) => printAddressLabels(context, what),
  'requests.board': () => {
    const today = context.now().slice(0, 10);
    const { paymentDays } = loadSettings(context.db);
    const findings = openRequestFindings(context.db);
    const rows = stageFacts(context.db).map((facts) => boardRow(facts, paymentDays, today));
    return wireBoard(rows, (requestId) => findings.get(requestId) ?? [], today);
  },
});

async function commit<T>(context: AppContext, work: (db: WriteDb, at: string) => T): Promise<T> {
  const at = context.now();
  const result = await context.write((db) => db.transaction(() => work(db, at)).immediate());
  context.emit('changed', { areas: ['requests', 'months'] });
  return result;
}

function progressOf({ db, now }: AppContext, requestId: string): WireProgress {
  const facts = stageFacts(db).find(({ request }) => request.requestId === requestId);
  if (!facts) throw unknownRequest(requestId);
  const { paymentDays, withdrawalDays } = loadSettings(db);
  const row = boardRow(facts, paymentDays, now().slice(0, 10));
  return wireProgress(row, entriesOf(db, requestId), removedEntriesOf(db, requestId), withdrawalDays);
}

/** The typed entry read; all problems in one refusal. */
function readFields(context: AppContext, typed: TypedEntry): EntryFields {
  const read = readTypedEntry(typed, context.now().slice(0, 10));
  if (!('problems' in read)) return read;
  const { problems } = read;
  const text = { zh: problems.map((p) => p.text.zh).join('；'), en: problems.map((p) => p.text.en).join('; ') };
  throw new AppError(problems[0]!.code, text, { problems });
}

/** What the journal keeps of an entry: all of it. */
const journalled = ({ kind, on, courier, tracking, amount, complete, note }: EntryFields): Record<string, unknown> => ({
  kind,
  on,
  ...(courier !== undefined && { courier }),
  ...(tracking !== undefined && { tracking }),
  ...(amount !== undefined && { amount: formatMoney(amount) }),
  ...(complete === true && { complete }),
  ...(note !== undefined && { note }),
});

function unknownRequest(requestId: string): AppError {
  const text = {
    zh: `没有申付单 ${requestId}：请先导入申付单文件或录入它，或核对单号`,
    en: `There is no payment request ${requestId}: import or enter it first, or check the id`,
  };
  return new AppError('request.unknown', text, { requestId });
}

function unknownEntry(id: number): AppError {
  const text = {
    zh: `没有编号为 ${id} 的进度记录，或它已被更正、移除：请看申付单的进度`,
    en: `There is no entry ${id}, or it was corrected or removed already: look at the request's entries`,
  };
  return new AppError('entry.unknown', text, { id });
}
