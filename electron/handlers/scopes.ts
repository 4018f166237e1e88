import { closedMonth } from '../../db/closings.ts';
import { listImports } from '../../db/imports.ts';
import type { ReadDb } from '../../db/open.ts';
import { managersNamed } from '../../db/scope-managers.ts';
import { addScopeMark, findScopeMark, listScopeMarks, markableOf, scopesOf, undoScopeMark, type ScopeMark } from '../../db/scope-marks.ts';
import { isScopeKind, scopeKinds, tidyNames, type ScopeKind } from '../core/scope.ts';
import { sameName } from '../core/judging/attribution.ts';
import { kindNames } from '../core/kinds.ts';
import type { Decoded, Handlers, Output } from '../contract.ts';
import { AppError, MonthClosed } from '../errors.ts';
import type { AppContext } from './context.ts';
import { knownName } from './known-name.ts';
import { wireTried } from './trial-wire.ts';

type ScopeMethods = 'scopes.mark' | 'scopes.undo' | 'scopes.list' | 'scopes.preview';
type Said = Omit<Decoded<'scopes.mark'>, 'by'>;

/** What a person says that an imported file covers: previewed, kept, listed, taken back. */
export const scopeHandlers = (context: AppContext): Pick<Handlers, ScopeMethods> => ({
  'scopes.mark': async ({ by, ...said }) => {
    const id = await context.write((db) =>
      db.transaction(() => addScopeMark(db, { ...checked(db, said).mark, by: knownName(by), at: context.now() })).immediate(),
    );
    context.emit('changed', { areas: ['imports', 'months'] });
    return { mark: wireMark(context.db, findScopeMark(context.db, id)!) };
  },
  'scopes.undo': async ({ id, by }) => {
    const mark = standing(context.db, id);
    await context.write((db) => db.transaction(() => undoScopeMark(db, mark.id, knownName(by), context.now())).immediate());
    context.emit('changed', { areas: ['imports', 'months'] });
    return { mark: wireMark(context.db, findScopeMark(context.db, mark.id)!) };
  },
  'scopes.list': () => ({ marks: listScopeMarks(context.db).map((mark) => wireMark(context.db, mark)) }),
  'scopes.preview': async (input) => {
    if ('undo' in input) {
      const mark = standing(context.db, input.undo);
      return wireTried(await context.jobs.run({ name: 'preview', trial: { unmark: input.undo }, cycles: cyclesOf(context.db, mark) }));
    }
    const { mark, cycles } = checked(context.db, input);
    return wireTried(await context.jobs.run({ name: 'preview', trial: { mark }, cycles }));
  },
});

/** Checks what a person says; throws AppError with what is wrong and what to do. */
function checked(db: ReadDb, said: Said): { mark: Pick<ScopeMark, 'importId' | 'kind' | 'managers' | 'customers'>; cycles: string[] } {
  const [managers, customers] = [tidyNames(said.managers), tidyNames(said.customers)];
  if (managers.length + customers.length === 0) {
    throw new AppError('scope.empty', {
      zh: '请写明这份文件只覆盖哪些客户经理或客户；要取消标注请用撤销。',
      en: 'Say which account managers or customers the file covers; to take a mark back, undo it.',
    });
  }
  const statements = markableOf(db, said.importId);
  if (statements.length === 0) {
    throw new AppError('import.unknown', {
      zh: `没有这次导入（编号 ${said.importId.slice(0, 12)}），或已撤销。`,
      en: `There is no such import (${said.importId.slice(0, 12)}), or it was undone.`,
    });
  }
  const kind = kindOf(statements, said.kind);
  const cycles = [...new Set(statements.filter((s) => s.kind === kind).map((s) => s.cycle))];
  refuseClosed(db, cycles);
  refuseStrangers(db, { importId: said.importId, kind, managers }, customers.length > 0);
  return { mark: { importId: said.importId, kind, managers, customers }, cycles };
}

/** A name that nobody has would put every row outside; so would names of which the file has nothing. */
function refuseStrangers(
  db: ReadDb,
  said: { importId: string; kind: ScopeKind; managers: readonly string[] },
  andCustomers: boolean,
): void {
  if (said.managers.length === 0) return;
  const { nowhere, inFile } = managersNamed(db, said);
  const hasNone = inFile.length > 0 && !said.managers.some((name) => inFile.some((known) => sameName(name, known)));
  if (nowhere.length === 0 && (!hasNone || andCustomers)) return;
  const list = (names: readonly string[], language: 'zh' | 'en'): string =>
    names.slice(0, 10).join(language === 'zh' ? '、' : ', ') + (names.length > 10 ? ' …' : '');
  const has =
    inFile.length > 0
      ? { zh: `文件里有：${list(inFile, 'zh')}。`, en: `It has: ${list(inFile, 'en')}.` }
      : { zh: '请检查姓名，或先导入客户经理归属表。', en: 'Check the name, or import the table of account managers first.' };
  throw nowhere.length > 0
    ? new AppError('scope.manager', {
        zh: `这份文件、你的归属表和本月其他报表里都没有客户经理${list(nowhere, 'zh')}。${has.zh}`,
        en: `Neither the file nor your table nor another statement of the month has an account manager ${list(nowhere, 'en')}. ${has.en}`,
      })
    : new AppError('scope.manager', {
        zh: `这份文件里没有客户经理${list(said.managers, 'zh')}的行：按此标注，全部行都在范围之外。${has.zh}`,
        en: `The file has no row of account manager ${list(said.managers, 'en')}: so marked, all of its rows would be outside. ${has.en}`,
      });
}

function kindOf(statements: readonly { readonly kind: string }[], said: ScopeKind | undefined): ScopeKind {
  const kinds = [...new Set(statements.map((s) => s.kind))].filter(isScopeKind);
  const names = (list: readonly ScopeKind[], language: 'zh' | 'en'): string =>
    list.map((k) => kindNames[k][language]).join(language === 'zh' ? '、' : ', ');
  if (said !== undefined && kinds.includes(said)) return said;
  const [only] = kinds;
  if (said === undefined && only !== undefined && kinds.length === 1) return only;
  throw kinds.length === 0
    ? new AppError('scope.kind', {
        zh: `只能标注${names(scopeKinds, 'zh')}的范围；这份文件里没有。`,
        en: `Only the scope of ${names(scopeKinds, 'en')} can be marked; this file holds none of them.`,
      })
    : new AppError('scope.kind', {
        zh: `请说明标注哪张表：${kinds.join('、')}。`,
        en: `Say which of its statements is meant: ${kinds.join(', ')}.`,
      });
}

/** A closed month keeps what it was closed with. */
function refuseClosed(db: ReadDb, cycles: readonly string[]): void {
  const closed = cycles.filter((cycle) => cycle !== '' && closedMonth(db, cycle));
  if (closed.length > 0)
    throw new MonthClosed(closed, { zh: '导出范围的标注不再改动', en: 'and what its files were said to cover stays as it is' });
}

const cyclesOf = (db: ReadDb, { importId, kind }: ScopeMark): string[] => [
  ...new Set(markableOf(db, importId).flatMap((s) => (s.kind === kind ? [s.cycle] : []))),
];

function standing(db: ReadDb, id: number): ScopeMark {
  const mark = findScopeMark(db, BigInt(id));
  if (!mark) throw new AppError('scope.unknown', { zh: `没有范围标注 #${id}。`, en: `There is no scope mark #${id}.` });
  if (mark.undoneAt !== null) {
    throw new AppError('scope.undone', {
      zh: `范围标注 #${id} 已于 ${mark.undoneAt} 撤销。`,
      en: `Scope mark #${id} was undone already, at ${mark.undoneAt}.`,
    });
  }
  refuseClosed(db, cyclesOf(db, mark));
  return mark;
}

function wireMark(db: ReadDb, mark: ScopeMark): Output<'scopes.mark'>['mark'] {
  const { importId, kind, undoneAt, undoneBy } = mark;
  const cycles = cyclesOf(db, mark);
  const active = cycles.some((cycle) => scopesOf(db, kind, cycle) !== undefined);
  return {
    id: Number(mark.id),
    importId,
    path: listImports(db).find((i) => i.importId === importId)?.path ?? '',
    kind,
    billingCycles: cycles,
    managers: [...mark.managers],
    customers: [...mark.customers],
    state: undoneAt !== null ? 'undone' : active ? 'active' : 'idle',
    by: mark.by,
    at: mark.at,
    ...(undoneAt !== null && { undoneAt }),
    ...(undoneBy !== null && { undoneBy }),
  };
}
