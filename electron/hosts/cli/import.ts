import fs from 'node:fs';
import path from 'node:path';
import type { Input, Output } from '../../contract.ts';
import { kindNames, kinds } from '../../core/kinds.ts';
import { scopeKinds } from '../../core/scope.ts';
import type { Command } from './command.ts';
import { importHints } from './hints.ts';
import { mappingsCommand, readMappings } from './mapping.ts';
import { checkedCycle, choiceOption, onlyArgument, textOption, usageError, type Language, type Session } from './session.ts';
import { scopeCommand } from './scope.ts';
import { alignedLines } from './table.ts';
import { counted } from '../../core/display-count.ts';

type ImportedFile = Output<'imports.commit'>['files'][number];
type Sheet = ImportedFile['sheets'][number];

/** How many problems of a sheet the terminal shows; `--json` has all of them. */
const shownProblems = 20;

export const importCommand: Command = {
  name: 'import',
  usage:
    'PATH…  [--dry-run] [--kind K] [--cycle YYYY-MM] [--account recharge|credit] [--as replacement|part] [--empty] [--hidden] [--map FILE] [--problems FILE.xlsx] [--strict]',
  text: {
    zh: '导入文件、文件夹、zip、tar.gz；--dry-run 只预览；--map 指明改过名的列，JSON：{"kind": "consumption", "columns": {"客户编号": "customerId"}}，同样的表头下次自动按此读；--as 说明与先前文件有出入的这份是取代那一份还是另一部分；--empty 说明只有表头的表当月确无业务；--hidden 连隐藏的工作表一起读；--problems 把读不出的单元格写成标红的工作簿',
    en: 'import files, folders, zip, tar.gz; --dry-run previews; --map names renamed columns in JSON: {"kind": "consumption", "columns": {"客户编号": "customerId"}}, applied to the same header ever after; --as says whether a file that differs from an earlier one replaces it or is another part; --empty that a table with a header only is a month without business; --hidden reads hidden sheets too; --problems writes the unreadable cells as a workbook that marks them',
  },
  options: {
    'dry-run': { type: 'boolean' },
    strict: { type: 'boolean' },
    kind: { type: 'string' },
    cycle: { type: 'string' },
    account: { type: 'string' },
    as: { type: 'string' },
    empty: { type: 'boolean' },
    hidden: { type: 'boolean' },
    map: { type: 'string' },
    problems: { type: 'string' },
  },
  async run(session) {
    if (session.args.length === 0) throw usageError('没有给出要导入的文件或文件夹', 'No file or folder to import was given');
    const kind = choiceOption(session, 'kind', kinds);
    const account = choiceOption(session, 'account', ['recharge', 'credit']);
    const as = choiceOption(session, 'as', ['replacement', 'part']);
    const cycle = textOption(session, 'cycle');
    const mappings = readMappings(session);
    const problems = problemsTarget(session);
    const request = {
      tokens: session.args.map((given) => session.files.register(path.resolve(session.cwd, given))),
      answers: {
        ...(kind && { kind }),
        ...(cycle !== undefined && { cycle: checkedCycle(cycle) }),
        ...(account && { account }),
        ...(as && { as }),
        ...(session.values['empty'] === true && { empty: true }),
        ...(session.values['hidden'] === true && { hidden: true }),
        ...(mappings && { mappings }),
      },
      strict: session.values['strict'] === true,
      language: session.language,
    };
    const { files } = await session.call(session.values['dry-run'] === true ? 'imports.preview' : 'imports.commit', request);
    const written = problems === undefined ? undefined : await saveProblems(session, problems, files, request.answers);
    session.print({ files: files.map((file) => documentOf(file, session)), ...(written && { problemFiles: written }) }, () => [
      ...files.flatMap((file) => [...linesOf(file, session), ...(as ? [] : differingLines(file, session))]),
      ...(written ?? []),
    ]);
    return files.some(({ status }) => status === 'refused' || status === 'needs-mapping') ? 2 : 0;
  },
};

export const importsCommand: Command = {
  name: 'imports',
  usage: `[undo ID | mappings [remove SIGNATURE] | scope [ID --manager NAMES --customer NAMES [--kind ${scopeKinds.join('|')}] [--by NAME] [--preview] | undo ID]]`,
  text: {
    zh: '导入历史；imports undo ID 撤销一次导入；imports mappings 列出记住的列对应，remove 忘掉一个；imports scope 列出或标注一份文件只覆盖哪些客户经理或客户（多个用 ; 隔开），范围之外的行不算差异',
    en: 'the import history; undo ID takes one back; mappings lists the columns mapped by hand, remove forgets one; scope lists or says which account managers or customers (separated by ;) a file covers: rows outside are no finding',
  },
  options: {
    manager: { type: 'string' },
    customer: { type: 'string' },
    kind: { type: 'string' },
    by: { type: 'string' },
    preview: { type: 'boolean' },
  },
  forms: [
    { words: ['scope', 'undo'], options: ['by', 'preview'] },
    { words: ['scope', '*'], options: ['manager', 'customer', 'kind', 'by', 'preview'] },
    // Without a file it says itself what is missing.
    { words: ['scope'], options: ['manager', 'customer', 'kind', 'by', 'preview'] },
    { words: ['undo'], options: [] },
    { words: ['mappings'], options: [] },
    { words: [], options: [] },
  ],
  async run(session) {
    const [verb, ...rest] = session.args;
    if (verb === 'undo') return undo({ ...session, args: rest });
    if (verb === 'mappings') return mappingsCommand({ ...session, args: rest });
    if (verb === 'scope') return scopeCommand({ ...session, args: rest });
    if (verb !== undefined)
      throw usageError(
        `imports 没有“${verb}”，可用：imports undo ID、imports mappings、imports scope`,
        `imports has no "${verb}"; there are: imports undo ID, imports mappings, imports scope`,
      );
    const { imports } = await session.call('imports.list', {});
    session.print({ imports }, () => {
      if (imports.length === 0) return [session.say({ zh: '还没有导入过文件。', en: 'Nothing was imported yet.' })];
      const rows = imports.map((one) => [
        one.importId.slice(0, 12),
        one.at,
        one.kind ? kindNames[one.kind][session.language] : '',
        one.billingCycles.join(' '),
        String(one.rows),
        one.undone ? session.say({ zh: '已撤销', en: 'undone' }) : '',
        one.path,
      ]);
      return alignedLines(rows, [4]);
    });
    return 0;
  },
};

async function undo(session: Session): Promise<number> {
  const given = onlyArgument(session, { zh: '要撤销的导入编号', en: 'the id of the import to take back' });
  const { imports } = await session.call('imports.list', {});
  // The listing shows the first 12 characters: enough where they name one import.
  const matching = imports.filter(({ importId }) => importId.startsWith(given));
  const importId = given.length >= 12 && matching.length === 1 ? matching[0]!.importId : given;
  const undone = await session.call('imports.undo', { importId });
  session.print(undone, () => [
    session.say({ zh: `已撤销，去掉 ${undone.rows} 行。`, en: `Undone; ${counted(undone.rows, 'row')} taken out.` }),
  ]);
  return 0;
}

/** Where the workbook of problems goes; refuses before anything is imported. */
function problemsTarget(session: Session): string | undefined {
  const given = textOption(session, 'problems');
  if (given === undefined) return undefined;
  const target = path.resolve(session.cwd, given);
  if (!/\.xlsx$/i.test(target))
    throw usageError(`--problems 要写成 .xlsx 文件，不能是“${given}”`, `--problems writes an .xlsx file, not "${given}"`);
  if (!fs.existsSync(path.dirname(target)))
    throw usageError(
      `没有文件夹 ${path.dirname(target)}，无法写入 --problems`,
      `There is no folder ${path.dirname(target)} to write --problems to`,
    );
  return target;
}

/** One workbook for each file that has problems: the first under the name given, further ones numbered. Returns their paths. */
async function saveProblems(
  session: Session,
  target: string,
  files: readonly ImportedFile[],
  answers: Input<'imports.problems'>['answers'],
): Promise<string[]> {
  const written: string[] = [];
  for (const file of files) {
    if (!file.sheets.some((sheet) => sheet.problems.length > 0)) continue;
    const to = written.length === 0 ? target : target.replace(/\.xlsx$/i, `-${written.length + 1}.xlsx`);
    const token = file.token ?? session.files.register(path.resolve(session.cwd, file.path));
    const { token: made } = await session.call('imports.problems', { token, answers, language: session.language });
    fs.copyFileSync(session.files.resolve(made), to);
    written.push(to);
  }
  return written;
}

/** The documented keys; messages in the language asked for. */
function documentOf(file: ImportedFile, session: Session): object {
  const reason = file.reasonText ? session.say(file.reasonText) : file.reason;
  return {
    path: file.path,
    sha256: file.sha256,
    status: file.status,
    ...(file.importId !== undefined && { importId: file.importId }),
    sheets: file.sheets.map((sheet) => sheetDocument(sheet, session.language)),
    ...(file.hiddenSheets && { hiddenSheets: file.hiddenSheets }),
    ...(file.differs && { differs: file.differs }),
    ...(file.notes.length > 0 && { notes: file.notes.map(session.say) }),
    ...(reason !== undefined && { reason }),
    ...(file.reasonCode !== undefined && { reasonCode: file.reasonCode }),
  };
}

function sheetDocument(sheet: Sheet, language: Language): object {
  return {
    name: sheet.name,
    ...(sheet.kind !== undefined && { kind: sheet.kind }),
    billingCycles: sheet.billingCycles,
    rows: sheet.rows,
    accepted: sheet.accepted,
    problems: sheet.problems.map(({ row, column, value, code, text }) => ({ row, column, value, code, message: text[language] })),
    ...(sheet.problemsOmitted !== undefined && { problemsOmitted: sheet.problemsOmitted }),
    controlTotals: sheet.controlTotals,
  };
}

const statusNames: Record<ImportedFile['status'], { zh: string; en: string }> = {
  imported: { zh: '已导入', en: 'imported' },
  previewed: { zh: '预览', en: 'preview' },
  duplicate: { zh: '重复，未变', en: 'duplicate' },
  refused: { zh: '拒绝', en: 'refused' },
  'needs-mapping': { zh: '需确认', en: 'needs mapping' },
};

/** The question about the files that this one contradicts, and how it is answered. */
function differingLines({ status, differs = [] }: ImportedFile, session: Session): string[] {
  return differs.map(({ path: earlier, at, rows, sameDrop, same }) => {
    const done = status === 'imported';
    if (same) return sameLine({ earlier, at, sameDrop: sameDrop === true, reason: same.reason }, done, session);
    if (sameDrop)
      return session.say({
        zh: `    与这一批里的“${earlier}”有 ${rows} 行同号不同值，看不出哪一份更新：请只导入正确的一份，或先导入较旧的，再单独导入这份并用 --as replacement（取代那一份）或 --as part（另一部分）说明；一起导入时这些行只计一次，并列为差异。`,
        en: `    ${counted(rows, 'row differs', 'rows differ')} from those of the same keys in "${earlier}" of this very run, and nothing says which is the newer: import the right one only, or the older one first and then this one by itself with --as replacement (it replaces that one) or --as part (another part); imported together these rows count once and are reported as findings.`,
      });
    return session.say({
      zh: `    与 ${at} 导入的“${earlier}”有 ${rows} 行同号不同值，看不出哪一份更新：${done ? '这些行只计一次，并列为差异；要改为取代，请撤销这次导入，再' : '请'}用 --as replacement 说明取代那一份，或用 --as part 说明是另一部分。`,
      en: `    ${counted(rows, 'row differs', 'rows differ')} from those of the same keys in "${earlier}", imported at ${at}, and nothing says which is the newer: ${done ? 'they count once and are reported as findings; to let this file replace that one, undo this import and import it' : 'say that it replaces that one'} with --as replacement, or that it is another part with --as part.`,
    });
  });
}

function sameLine(
  { earlier, at, sameDrop, reason }: { earlier: string; at: string; sameDrop: boolean; reason: { zh: string; en: string } },
  done: boolean,
  session: Session,
): string {
  const file = sameDrop
    ? { zh: `这一批里的“${earlier}”`, en: `"${earlier}" of this very run` }
    : { zh: ` ${at} 导入的“${earlier}”`, en: `"${earlier}", imported at ${at}` };
  const once = {
    zh: done
      ? '这些行只计了一次，并列为差异；要改，请撤销这次导入，再'
      : sameDrop
        ? '请只导入其中一份；两份都要时，先导入一份，再单独导入这份并'
        : '请',
    en: done
      ? 'They count once and are reported as a finding; to change that, undo this import and import it'
      : sameDrop
        ? 'Import one of the two only; where both are wanted, one first and then this one by itself'
        : 'Say',
  };
  return session.say({
    zh: `    与${file.zh}看起来是同一份的两种写法：${reason.zh}。${once.zh}用 --as replacement 说明以这份为准，或用 --as part 说明是另外的业务、两份都计入。`,
    en: `    Looks like ${file.en} once more: ${reason.en}. ${once.en} with --as replacement (this file counts, that one does not) or --as part (other business: both count).`,
  });
}

function linesOf(file: ImportedFile, session: Session): string[] {
  const lines = [`${session.say(statusNames[file.status])}  ${file.path}`];
  const reason = file.reasonText ? session.say(file.reasonText) : file.reason;
  if (reason !== undefined) lines.push(`    ${reason}`);
  for (const hint of importHints(file, session.values['hidden'] === true)) lines.push(`    ${session.say(hint)}`);
  for (const note of file.notes.map(session.say)) if (note !== reason) lines.push(`    ${note}`);
  for (const sheet of file.sheets) {
    const kind = sheet.kind ? kindNames[sheet.kind][session.language] : '';
    const rows = session.say({ zh: `${sheet.accepted} / ${sheet.rows} 行`, en: `${sheet.accepted} / ${counted(sheet.rows, 'row')}` });
    lines.push(`    ${[sheet.name, kind, sheet.billingCycles.join(' '), rows].filter(Boolean).join('  ')}`);
    for (const { row, column, value, text } of sheet.problems.slice(0, shownProblems)) {
      const place = session.say({ zh: `第 ${row} 行 ${column}“${value}”`, en: `row ${row} ${column} "${value}"` });
      lines.push(`        ${place}  ${session.say(text)}`);
    }
    const more = Math.max(0, sheet.problems.length - shownProblems) + (sheet.problemsOmitted ?? 0);
    if (more > 0)
      lines.push(
        `        ${session.say({ zh: `还有 ${more} 个问题，用 --json 看全部`, en: `${counted(more, 'more problem', 'more problems')}: --json lists all` })}`,
      );
  }
  return lines;
}
