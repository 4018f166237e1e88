import fs from 'node:fs/promises';
import path from 'node:path';
import { listImports } from '../../db/imports.ts';
import { isKind } from '../core/kinds.ts';
import type { Decoded, Handlers, Output } from '../contract.ts';
import { CommandLineOnly } from '../errors.ts';
import { makeFolders } from '../folders.ts';
import type { AppContext } from './context.ts';
import { checkMappings } from './mappings.ts';
import { writeProblems } from './problems.ts';

type ImportMethods =
  | 'imports.preview'
  | 'imports.commit'
  | 'imports.problems'
  | 'imports.list'
  | 'imports.undo'
  | 'jobs.cancel'
  | 'sample.write'
  | 'sample.import';
type ImportReply = Output<'imports.commit'>;

/** The month that the sample is about; its files hold the months around it too. */
export const sampleCycle = '2025-09';

async function importPaths(
  context: AppContext,
  paths: readonly string[],
  request: Omit<Decoded<'imports.commit'>, 'tokens'>,
  dryRun: boolean,
): Promise<ImportReply> {
  checkMappings(request.answers.mappings);
  const shownAs = Object.fromEntries(
    paths.map((real) => [real, context.files.shown(real)] as const).filter(([real, name]) => name !== real),
  );
  const files = await context.jobs.run({ name: 'import', paths, shownAs, ...request, dryRun });
  if (!dryRun) context.emit('changed', { areas: ['imports', 'months', 'requests'] });
  return { files: files.map((file) => ({ ...file, path: context.files.shown(file.path), token: context.files.register(file.path) })) };
}

/** Copies the sample's files into a folder (made if missing); an existing file of the same name is written anew. Returns their paths. */
async function writeSample(context: AppContext, folder: string): Promise<string[]> {
  makeFolders(folder);
  const names = (await fs.readdir(context.resources.sample)).filter((name) => !name.endsWith('.md')).sort();
  const written: string[] = [];
  for (const name of names) {
    const target = path.join(folder, name);
    await fs.writeFile(target, await fs.readFile(path.join(context.resources.sample, name)));
    written.push(target);
  }
  return written;
}

export const importHandlers = (context: AppContext): Pick<Handlers, ImportMethods> => ({
  'imports.preview': ({ tokens, ...request }) =>
    importPaths(
      context,
      tokens.map((t) => context.files.resolve(t)),
      request,
      true,
    ),
  'imports.commit': ({ tokens, ...request }) =>
    importPaths(
      context,
      tokens.map((t) => context.files.resolve(t)),
      request,
      false,
    ),
  'imports.problems': (request) => writeProblems(context, request),
  'imports.list': () => ({
    imports: listImports(context.db).map((i) => {
      const kinds = i.kinds.filter(isKind);
      return { ...i, ...(kinds[0] && { kind: kinds[0] }), kinds, billingCycles: [...i.billingCycles] };
    }),
  }),
  'imports.undo': async ({ importId }) => {
    const undone = await context.jobs.run({ name: 'undo', importId });
    context.emit('changed', { areas: ['imports', 'months', 'requests'] });
    return undone;
  },
  'jobs.cancel': () => ({ cancelled: context.jobs.cancel() }),
  'sample.write': async ({ folder }) => {
    if (context.host !== 'cli') throw new CommandLineOnly('sample.write');
    return { files: await writeSample(context, folder) };
  },
  'sample.import': async () => {
    const files = await writeSample(context, path.join(context.workspace, 'sample'));
    const reply = await importPaths(context, files, { answers: {}, strict: false, language: 'zh' }, false);
    return { ...reply, billingCycle: sampleCycle };
  },
});
