import fs from 'node:fs/promises';
import path from 'node:path';
import type { Handlers } from '../contract.ts';
import { writeTemplate } from '../exporting/templates.ts';
import { templates } from '../importing/templates.ts';
import { CommandLineOnly } from '../errors.ts';
import type { AppContext } from './context.ts';

/** The workspace as a whole: is it sound, and the empty tables that a person fills in. */
export const workspaceHandlers = (context: AppContext): Pick<Handlers, 'workspace.verify' | 'templates.write'> => ({
  'workspace.verify': () => context.jobs.run({ name: 'verify' }),
  'templates.write': async ({ folder }) => {
    if (context.host !== 'cli') throw new CommandLineOnly('templates.write');
    await fs.mkdir(folder, { recursive: true });
    const files: string[] = [];
    for (const template of templates) {
      const file = path.join(folder, `${template.name}.xlsx`);
      await fs.writeFile(file, await writeTemplate(template));
      files.push(file);
    }
    return { files };
  },
});
