import path from 'node:path';
import type { Command } from './command.ts';
import { onlyArgument, usageError } from './session.ts';
import { counted } from '../../core/display-count.ts';

export const verifyCommand: Command = {
  name: 'verify',
  usage: '',
  text: { zh: '检查数据库和保存的原件是否完好；有损坏时以 2 退出', en: 'check the database and the kept originals; exits 2 on damage' },
  options: {},
  async run(session) {
    if (session.args.length > 0) throw usageError(`多出的参数“${session.args[0]}”`, `Unexpected argument "${session.args[0]}"`);
    const { ok, checked, faults } = await session.call('workspace.verify', {});
    const told = faults.map(({ code, text }) => ({ code, message: session.say(text) }));
    session.print({ ok, checked, faults: told }, () => [
      session.say({
        zh: `检查了数据库 ${checked.database} 张表、${checked.files} 个原件、${checked.journal} 条日志：${ok ? '完好' : `有 ${faults.length} 处损坏`}`,
        en: `Checked ${counted(checked.database, 'table')}, ${counted(checked.files, 'original')}, ${counted(checked.journal, 'journal line')}: ${ok ? 'all sound' : counted(faults.length, 'fault')}`,
      }),
      ...told.map(({ message }) => `  ${message}`),
    ]);
    return ok ? 0 : 2;
  },
};

export const templatesCommand: Command = {
  name: 'templates',
  usage: 'DIR',
  text: { zh: '写出空白的自有表格（激励政策、产品业绩策略等）', en: "write the user's own tables, empty" },
  options: {},
  async run(session) {
    const folder = onlyArgument(session, { zh: '要写入的文件夹', en: 'the folder to write to' });
    const { files } = await session.call('templates.write', { folder: path.resolve(session.cwd, folder) });
    session.print({ files }, () => files);
    return 0;
  },
};
