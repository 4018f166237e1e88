import type { Command } from './command.ts';
import { usageError } from './session.ts';
import { alignedLines } from './table.ts';

export const settingsCommand: Command = {
  name: 'settings',
  usage: 'get [KEY] | set KEY VALUE',
  text: { zh: '查看或修改设置', en: 'show or change the settings' },
  options: {},
  async run(session) {
    const [verb, key, value, ...extra] = session.args;
    if (extra.length > 0)
      throw usageError(`多出的参数“${extra[0]}”；有空格的值请加引号`, `Unexpected argument "${extra[0]}"; quote a value with blanks`);
    if (verb === 'set') {
      if (key === undefined || value === undefined) throw usageError('请写 settings set KEY VALUE', 'Write settings set KEY VALUE');
      const saved = await session.call('settings.set', { key, value });
      const { note, ...shown } = saved;
      const told = note && session.say(note);
      session.print({ ...shown, ...(told !== undefined && { note: told }) }, () => [
        `${saved.key} = ${saved.value}`,
        ...(told ? [told] : []),
      ]);
      return 0;
    }
    if (verb !== 'get' || value !== undefined)
      throw usageError('请写 settings get [KEY] 或 settings set KEY VALUE', 'Write settings get [KEY] or settings set KEY VALUE');
    const { settings } = await session.call('settings.get', {});
    const shown = key === undefined ? settings : settings.filter((setting) => setting.key === key);
    if (shown.length === 0) {
      const known = settings.map((setting) => setting.key).join(', ');
      throw usageError(`没有设置“${key}”，可用：${known}`, `There is no setting "${key}"; choose from: ${known}`);
    }
    session.print(key === undefined ? { settings: shown } : shown[0], () =>
      alignedLines(shown.map((setting) => [setting.key, setting.value, setting.accepts])),
    );
    return 0;
  },
};
