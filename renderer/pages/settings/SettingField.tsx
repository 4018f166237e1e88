import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { StateTag } from '../../components/StateTag.tsx';
import { useTexts } from '../../stores/session.ts';
import type { Setting } from '../../stores/settings.ts';

interface Props {
  readonly setting: Setting;
  readonly onSave: (value: string) => void;
  /** The value shown is an edit that is not kept yet. */
  readonly unsaved?: boolean;
}

/** The words of a choice; undefined where the setting is typed. */
function optionsOf(setting: Setting): string[] | undefined {
  return setting.accepts.includes(' | ') ? setting.accepts.split(' | ') : undefined;
}

/** One setting: a list to choose from, or a field that is stored on Enter or when it is left. */
export function SettingField({ setting, onSave, unsaved = false }: Props) {
  const t = useTexts();
  const [typed, setTyped] = useState(setting.value);
  const options = optionsOf(setting);
  const word = (v: string) => (v === 'true' ? t.settings.yes : v === 'false' ? t.settings.no : (t.settings.options[v] ?? v));
  const changed = setting.value !== setting.fallback;
  return (
    <span className="setting-field">
      {options ? (
        <Select
          id={`setting-${setting.key}`}
          value={setting.value}
          onChange={onSave}
          options={options.map((v) => ({ value: v, label: word(v) }))}
        />
      ) : (
        <Input
          id={`setting-${setting.key}`}
          value={typed}
          placeholder={setting.accepts === 'a;b;c' ? t.settings.listHint : ''}
          onChange={(e) => setTyped(e.target.value)}
          onPressEnter={(e) => e.currentTarget.blur()}
          onBlur={() => typed !== setting.value && onSave(typed)}
        />
      )}
      {unsaved && <StateTag tone="attention">{t.settings.unsaved}</StateTag>}
      {changed && setting.fallback !== '' && (
        <Button type="link" title={t.settings.fallback(word(setting.fallback))} onClick={() => onSave(setting.fallback)}>
          {t.settings.reset}
        </Button>
      )}
    </span>
  );
}
