import type { Command } from './command.ts';
import { copyTo, outFile } from './output-file.ts';
import { cycleArgument } from './session.ts';

export const reportCommand: Command = {
  name: 'report',
  usage: 'CYCLE --out FILE.xlsx',
  text: {
    zh: '写出这个月的工作簿：一页汇总、差异、各差额桥',
    en: "write the month's workbook: one page of summary, findings, every bridge",
  },
  options: { out: { type: 'string' } },
  async run(session) {
    const billingCycle = cycleArgument(session);
    const target = outFile(session, 'xlsx');
    const { token } = await session.call('month.report', { billingCycle, language: session.language });
    copyTo(session.files.resolve(token), target);
    session.print({ files: [target] }, () => [session.say({ zh: `已写入 ${target}`, en: `Written: ${target}` })]);
    return 0;
  },
};
