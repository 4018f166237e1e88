import type { Command } from './command.ts';
import { checkedCycle, textOption, usageError, type Session } from './session.ts';
import { alignedLines } from './table.ts';
import { triedLines } from './tried-lines.ts';

export const settingsCommand: Command = {
  name: 'settings',
  usage: 'get [KEY] | set KEY VALUE [--preview CYCLE]',
  text: {
    zh: '查看或修改设置；--preview 只看修改对这个月的影响，不保存',
    en: 'show or change the settings; --preview tells what it would change in that month and saves nothing',
  },
  options: { preview: { type: 'string' } },
  forms: [
    { words: ['set'], options: ['preview'] },
    { words: ['get'], options: [] },
  ],
  async run(session) {
    const [verb, key, value, ...extra] = session.args;
    if (extra.length > 0)
      throw usageError(`多出的参数“${extra[0]}”；有空格的值请加引号`, `Unexpected argument "${extra[0]}"; quote a value with blanks`);
    if (verb === 'set') {
      if (key === undefined || value === undefined) throw usageError('请写 settings set KEY VALUE', 'Write settings set KEY VALUE');
      const cycle = textOption(session, 'preview');
      if (cycle !== undefined) return preview(session, { key, value }, checkedCycle(cycle));
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

async function preview(session: Session, change: { readonly key: string; readonly value: string }, cycle: string): Promise<number> {
  const { note, ...tried } = await session.call('settings.preview', { changes: [change], billingCycles: [cycle] });
  const told = note && session.say(note);
  session.print({ ...tried, ...(told !== undefined && { note: told }) }, () => [
    ...tried.changes.map(({ key, before, value }) => `${key}: ${before} → ${value}`),
    ...triedLines(tried.months, session),
    ...(told ? [told] : []),
    session.say({ zh: '仅预览，没有保存。', en: 'A preview: nothing was saved.' }),
  ]);
  return 0;
}
