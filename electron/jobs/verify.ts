import path from 'node:path';
import type { ReadDb } from '../../db/open.ts';
import { bridgeFaults, journalFaults } from '../../db/verify-runs.ts';
import { keptFiles, verifyDatabase } from '../../db/verify.ts';
import type { Output } from '../contract.ts';
import { hashFile } from './file-store.ts';

export type Verification = Output<'workspace.verify'>;
type Fault = Verification['faults'][number];

export interface VerifyContext {
  readonly db: ReadDb;
  readonly filesFolder: string;
  /** Called before each part, and before each original with its name; throw from it to cancel. */
  onStage(stage: string, done: number, total: number): void;
}

/** Looks at everything that was kept: the database as a whole, its journal, the bridges of every run, every original by its SHA-256. */
export async function verifyWorkspace({ db, filesFolder, onStage }: VerifyContext): Promise<Verification> {
  const kept = keptFiles(db);
  const total = kept.length + 3;
  onStage('database', 0, total);
  const database = verifyDatabase(db);
  const faults: Fault[] = database.faults.map((words) => ({
    code: 'database.fault',
    text: { zh: `数据库损坏：${words}。请从备份恢复`, en: `The database is damaged: ${words}. Restore a backup` },
  }));
  onStage('journal', 1, total);
  for (const { what, why } of journalFaults(db)) {
    const text = { zh: `日志不完整（${what}：${why}）。请从备份恢复`, en: `The journal is not whole (${what}: ${why}). Restore a backup` };
    faults.push({ code: 'journal.fault', text });
  }
  onStage('bridges', 2, total);
  for (const { what, why } of bridgeFaults(db)) {
    const text = {
      zh: `差额桥 ${what} 不再闭合（${why}）。请重新对账`,
      en: `The bridge ${what} no longer closes (${why}). Reconcile the month again`,
    };
    faults.push({ code: 'bridge.not-closed', text });
  }
  for (const [at, file] of kept.entries()) {
    onStage('files', at + 3, total);
    const fault = await fileFault(path.join(filesFolder, file.sha256), file.sha256, file.name);
    if (fault) faults.push(fault);
  }
  return { ok: faults.length === 0, checked: { database: database.tables, files: kept.length, journal: database.journal }, faults };
}

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
