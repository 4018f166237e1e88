import path from 'node:path';
import type { Command } from './command.ts';
import { copyTo, makeFolder, outFolder } from './output-file.ts';
import { cycleArgument } from './session.ts';
import { counted } from '../../core/display-count.ts';

export const disputeCommand: Command = {
  name: 'dispute',
  usage: 'CYCLE --out DIR [--mark]',
  text: {
    zh: '写出反馈包（工作簿和问题反馈文字）；--mark 同时把这些差异标为已反馈（以前反馈过的记为再次反馈）',
    en: 'write the dispute pack (workbook and text); --mark also marks its findings as disputed (those sent before as sent again)',
  },
  options: { out: { type: 'string' }, mark: { type: 'boolean' } },
  async run(session) {
    const billingCycle = cycleArgument(session);
    const folder = outFolder(session);
    const { files, keys } = await session.call('month.dispute', { billingCycle });
    makeFolder(folder);
    const written = files.map(({ token, name }) => {
      const target = path.join(folder, name);
      copyTo(session.files.resolve(token), target);
      return target;
    });
    // Only once the pack is where it was asked for.
    const marked = session.values['mark'] === true && keys.length > 0;
    if (marked) await session.call('findings.mark', { keys, status: 'disputed', again: true });
    session.print({ files: written }, () => [
      session.say({
        zh: `可反馈的差异 ${keys.length} 条${marked ? '，已标为已反馈' : ''}`,
        en: `${counted(keys.length, 'finding')} to dispute${marked ? ', marked as disputed' : ''}`,
      }),
      ...written,
    ]);
    return 0;
  },
};
