import { backupCommand, restoreCommand } from './backup.ts';
import { closeCommand, reopenCommand } from './closing.ts';
import type { Command } from './command.ts';
import { deadlinesCommand, repaymentsCommand } from './deadlines.ts';
import { disputeCommand } from './dispute.ts';
import { findingsCommand, reconcileCommand } from './findings.ts';
import { importCommand, importsCommand } from './import.ts';
import { invoiceCommand, invoiceListCommand } from './invoices.ts';
import { matchCommand } from './match.ts';
import { bridgeCommand, statusCommand } from './month.ts';
import { labelCommand } from './label.ts';
import { reportCommand } from './report.ts';
import { requestCommand } from './requests.ts';
import { sampleCommand } from './sample.ts';
import { serveCommand } from './serve.ts';
import type { Language } from './session.ts';
import { settingsCommand } from './settings.ts';
import { templatesCommand, verifyCommand } from './workspace.ts';

/** Every command of this version, in the order of the usage text. */
export const commands: readonly Command[] = [
  importCommand,
  importsCommand,
  statusCommand,
  reconcileCommand,
  findingsCommand,
  bridgeCommand,
  matchCommand,
  disputeCommand,
  deadlinesCommand,
  repaymentsCommand,
  invoiceCommand,
  invoiceListCommand,
  requestCommand,
  labelCommand,
  reportCommand,
  closeCommand,
  reopenCommand,
  settingsCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  templatesCommand,
  sampleCommand,
  serveCommand,
];

/** The usage text: every command that exists and no other. */
export function usageText(language: Language): string {
  const head =
    language === 'zh'
      ? '用法：hezhang [--workspace 文件夹] [--json] [--lang zh|en] 命令\n'
      : 'Usage: hezhang [--workspace DIR] [--json] [--lang zh|en] COMMAND\n';
  const lines = commands.map(({ name, usage, text }) => `  ${name} ${usage}`.trimEnd() + `\n      ${text[language]}\n`);
  const foot =
    language === 'zh'
      ? '退出码：0 完成 · 1 程序缺陷 · 2 输入被拒绝 · 3 满足 --fail-on · 130 已取消\n'
      : 'Exit codes: 0 done · 1 a defect of ours · 2 input refused · 3 --fail-on met · 130 cancelled\n';
  return `${head}${lines.join('')}${foot}`;
}
