import { closedMonths } from '../../db/closings.ts';
import { recordInJournal } from '../../db/journal.ts';
import { loadSettings, saveSetting } from '../../db/settings.ts';
import { isSettingKey, settingKeys, settingRules, type SettingKey, type Settings } from '../core/settings.ts';
import type { Handlers } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { unaffected, wireTried } from './trial-wire.ts';

const written = <K extends SettingKey>(key: K, settings: Settings): string => settingRules[key].write(settings[key]);
const fallback = <K extends SettingKey>(key: K): string => settingRules[key].write(settingRules[key].fallback);

export const settingHandlers = (context: AppContext): Pick<Handlers, 'settings.get' | 'settings.set' | 'settings.preview'> => ({
  'settings.get': () => {
    const settings = loadSettings(context.db);
    return {
      settings: settingKeys.map((key) => ({
        key,
        value: written(key, settings),
        fallback: fallback(key),
        source: settingRules[key].source,
        accepts: settingRules[key].accepts,
      })),
    };
  },
  'settings.set': async ({ key, value }) => {
    const accepted = checked(key, value);
    await context.write((db) =>
      db
        .transaction(() => {
          saveSetting(db, accepted, value, context.now());
          recordInJournal(db, context.now(), 'setting.set', { key, value });
        })
        .immediate(),
    );
    context.emit('changed', { areas: ['settings', 'months'] });
    const closed = closedMonths(context.db).map(({ cycle }) => cycle);
    return { key, value, ...(closed.length > 0 && { note: unaffected(closed) }) };
  },
  'settings.preview': async ({ changes, billingCycles }) => {
    const settings = changes.map(({ key, value }) => ({ key: checked(key, value), value }));
    const now = loadSettings(context.db);
    const tried = await context.jobs.run({ name: 'preview', trial: { settings }, cycles: billingCycles });
    return { ...wireTried(tried), changes: settings.map(({ key, value }) => ({ key, before: written(key, now), value })) };
  },
});

/** Refuses an unknown setting and a value that it does not take. */
function checked(key: string, value: string): SettingKey {
  if (!isSettingKey(key)) {
    throw new AppError('setting.unknown', {
      zh: `没有这个设置：${key}。可用：${settingKeys.join('、')}`,
      en: `No such setting: ${key}. Known: ${settingKeys.join(', ')}`,
    });
  }
  const rule = settingRules[key];
  if (rule.read(value) !== undefined) return key;
  throw new AppError('setting.refused', {
    zh: `设置 ${key} 不接受“${value}”，可填：${rule.accepts}`,
    en: `Setting ${key} does not take "${value}"; it takes: ${rule.accepts}`,
  });
}
