import type { Command } from './command.ts';
import { copyTo, outFile } from './output-file.ts';
import { choiceOption, usageError } from './session.ts';

export const labelCommand: Command = {
  name: 'label',
  usage: 'ID… --out FILE.pdf [--size a4|100x150]',
  text: {
    zh: '打印申付单的地址标签（PDF）：A4 每张四个，或 100×150 毫米；同一收件人、同一快递的合为一个',
    en: 'print address labels of payment requests (PDF): four on A4, or 100 × 150 mm; one for each letter',
  },
  options: { out: { type: 'string' }, size: { type: 'string' } },
  async run(session) {
    if (session.args.length === 0) throw usageError('没有给出申付单号', 'No payment request was given');
    const size = choiceOption(session, 'size', ['a4', '100x150']);
    // Before the print is logged.
    const target = outFile(session, 'pdf');
    const { token } = await session.call('requests.labels', {
      requestIds: [...session.args],
      language: session.language,
      ...(size !== undefined && { size }),
    });
    copyTo(session.files.resolve(token), target);
    session.print({ files: [target] }, () => [session.say({ zh: `已写入 ${target}`, en: `Written: ${target}` })]);
    return 0;
  },
};
