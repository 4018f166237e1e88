import path from 'node:path';
import { importSource } from '../../db/imports.ts';
import type { Decoded, Output } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { ProblemsRequest } from '../jobs/problems.ts';
import type { AppContext } from './context.ts';
import { checkMappings } from './mappings.ts';

/** Writes the problems of a file into a workbook in the results folder. */
export async function writeProblems(context: AppContext, request: Decoded<'imports.problems'>): Promise<Output<'imports.problems'>> {
  const source = request.importId === undefined ? givenFile(context, request) : keptFile(context, request.importId);
  const base = source.fileName.replace(/\.(?:xlsx|csv|zip|tar\.gz|tgz)$/i, '');
  const name = `${request.language === 'zh' ? '问题' : 'problems'}_${base.slice(0, 120)}.xlsx`;
  const target = path.join(context.resultsFolder, name);
  const { problems } = await context.jobs.run({ name: 'problems', ...source, language: request.language, target });
  return { token: context.files.register(target), name, problems };
}

type Source = Pick<ProblemsRequest, 'path' | 'fileName' | 'answers'>;

function givenFile(context: AppContext, { token, answers }: Decoded<'imports.problems'>): Source {
  checkMappings(answers.mappings);
  const file = context.files.resolve(token!);
  return { path: file, fileName: path.basename(file), answers };
}

/** The original that was kept, read by the answers that it was imported with. */
function keptFile(context: AppContext, importId: string): Source {
  const found = importSource(context.db, importId);
  if (found) return { path: path.join(context.workspace, 'files', found.sha256), fileName: found.name, answers: found.answers };
  throw new AppError('import.unknown', {
    zh: `没有编号为 ${importId} 的导入；请用 imports 查看导入记录。`,
    en: `There is no import ${importId}: see the history with imports.`,
  });
}
