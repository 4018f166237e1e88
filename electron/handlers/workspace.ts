import fs from 'node:fs/promises';
import path from 'node:path';
import type { Handlers } from '../contract.ts';
import { writeTemplate } from '../exporting/templates.ts';
import { templates } from '../importing/templates.ts';
import { kindNames } from '../core/kinds.ts';
import { AppError, CommandLineOnly } from '../errors.ts';
import { makeFolders } from '../folders.ts';
import type { AppContext } from './context.ts';

/** The workspace as a whole: is it sound, and the empty tables that a person fills in. */
export const workspaceHandlers = (context: AppContext): Pick<Handlers, 'workspace.verify' | 'templates.get' | 'templates.write'> => ({
  'workspace.verify': () => context.jobs.run({ name: 'verify' }),
  'templates.get': async ({ kind }) => {
    const template = templates.find((t) => t.kind === kind);
    if (!template)
      throw new AppError('template.none', {
        zh: `${kindNames[kind].zh}由伙伴中心导出，没有空白表。请到伙伴中心下载后导入。`,
        en: `${kindNames[kind].en} are exported by the partner portal; there is no empty table. Download them there and import them.`,
      });
    const name = `${template.name}.xlsx`;
    const target = path.join(context.resultsFolder, name);
    await fs.writeFile(target, await writeTemplate(template));
    return { token: context.files.register(target), name };
  },
  'templates.write': async ({ folder }) => {
    if (context.host !== 'cli') throw new CommandLineOnly('templates.write');
    makeFolders(folder);
    const files: string[] = [];
    for (const template of templates) {
      const file = path.join(folder, `${template.name}.xlsx`);
      await fs.writeFile(file, await writeTemplate(template));
      files.push(file);
    }
    return { files };
  },
});
