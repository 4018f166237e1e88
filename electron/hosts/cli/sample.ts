import path from 'node:path';
import type { Command } from './command.ts';
import { onlyArgument } from './session.ts';

export const sampleCommand: Command = {
  name: 'sample',
  usage: 'DIR',
  text: { zh: '写出样例月份的文件', en: "write the sample month's files" },
  options: {},
  async run(session) {
    const folder = onlyArgument(session, { zh: '要写入的文件夹', en: 'the folder to write to' });
    const { files } = await session.call('sample.write', { folder: path.resolve(session.cwd, folder) });
    session.print({ files }, () => files);
    return 0;
  },
};
