import fs from 'node:fs/promises';
import path from 'node:path';
import { bridgeFaults, journalFaults } from '../../db/verify-runs.ts';
import { keptFiles, verifyDatabase } from '../../db/verify.ts';
import type { Handlers, Output } from '../contract.ts';
import { writeTemplate } from '../exporting/templates.ts';
import { templates } from '../importing/templates.ts';
import { hashFile } from '../jobs/file-store.ts';
import { CommandLineOnly } from '../errors.ts';
import type { AppContext } from './context.ts';

type Fault = Output<'workspace.verify'>['faults'][number];

/** The workspace as a whole: is it sound, and the empty tables that a person fills in. */
export const workspaceHandlers = (context: AppContext): Pick<Handlers, 'workspace.verify' | 'templates.write'> => ({
  'workspace.verify': async () => {
    const database = verifyDatabase(context.db);
    const faults: Fault[] = database.faults.map((words) => ({
      code: 'database.fault',
      text: { zh: `数据库损坏：${words}。请从备份恢复`, en: `The database is damaged: ${words}. Restore a backup` },
    }));
    for (const { what, why } of journalFaults(context.db)) {
      const text = {
        zh: `日志不完整（${what}：${why}）。请从备份恢复`,
        en: `The journal is not whole (${what}: ${why}). Restore a backup`,
      };
      faults.push({ code: 'journal.fault', text });
    }
    for (const { what, why } of bridgeFaults(context.db)) {
      const text = {
        zh: `差额桥 ${what} 不再闭合（${why}）。请重新对账`,
        en: `The bridge ${what} no longer closes (${why}). Reconcile the month again`,
      };
      faults.push({ code: 'bridge.not-closed', text });
    }
    const kept = keptFiles(context.db);
    for (const file of kept) {
      const fault = await fileFault(path.join(context.workspace, 'files', file.sha256), file.sha256, file.name);
      if (fault) faults.push(fault);
    }
    return { ok: faults.length === 0, checked: { database: database.tables, files: kept.length, journal: database.journal }, faults };
  },
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

async function fileFault(file: string, sha256: string, name: string): Promise<Fault | undefined> {
  try {
    if ((await hashFile(file)).sha256 === sha256) return undefined;
    return {
      code: 'file.changed',
      text: {
        zh: `保存的原件“${name}”（${sha256}）内容已变，请用原文件替换它`,
        en: `The kept original "${name}" (${sha256}) has changed: put the original file back`,
      },
    };
  } catch {
    return {
      code: 'file.missing',
      text: {
        zh: `保存的原件“${name}”（${sha256}）不在或读不出，请把原文件放回`,
        en: `The kept original "${name}" (${sha256}) is missing or unreadable: put the original file back`,
      },
    };
  }
}
