import { closedMonths } from '../../db/closings.ts';
import { recordInJournal } from '../../db/journal.ts';
import { loadSettings, saveSetting } from '../../db/settings.ts';
import { isSettingKey, settingKeys, settingRules, type SettingKey, type Settings } from '../core/settings.ts';
import type { Text } from '../core/finding.ts';
import type { Handlers } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

const written = <K extends SettingKey>(key: K, settings: Settings): string => settingRules[key].write(settings[key]);
const fallback = <K extends SettingKey>(key: K): string => settingRules[key].write(settingRules[key].fallback);

export const settingHandlers = (context: AppContext): Pick<Handlers, 'settings.get' | 'settings.set'> => ({
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
    if (!isSettingKey(key)) {
      throw new AppError('setting.unknown', {
        zh: `没有这个设置：${key}。可用：${settingKeys.join('、')}`,
        en: `No such setting: ${key}. Known: ${settingKeys.join(', ')}`,
      });
    }
    const rule = settingRules[key];
    if (rule.read(value) === undefined) {
      throw new AppError('setting.refused', {
        zh: `设置 ${key} 不接受“${value}”，可填：${rule.accepts}`,
        en: `Setting ${key} does not take "${value}"; it takes: ${rule.accepts}`,
      });
    }
    await context.write((db) =>
      db
        .transaction(() => {
          saveSetting(db, key, value, context.now());
          recordInJournal(db, context.now(), 'setting.set', { key, value });
        })
        .immediate(),
    );
    context.emit('changed', { areas: ['settings', 'months'] });
    const closed = closedMonths(context.db).map(({ cycle }) => cycle);
    return { key, value, ...(closed.length > 0 && { note: unchanged(closed) }) };
  },
});

/** What a setting does not change. */
const unchanged = (cycles: readonly string[]): Text => ({
  zh: `已结账的 ${cycles.join('、')} 仍按结账时的结果，不受这次修改影响`,
  en: `Closed months keep the result that they were closed with: ${cycles.join(', ')}`,
});
