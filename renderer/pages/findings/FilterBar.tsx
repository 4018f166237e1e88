import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Input, Popover, Select } from 'antd';
import { useEffect, useState } from 'react';
import { findingStatuses, severities } from '../../../electron/core/checks.ts';
import { findings, look, useFindings, type Filter } from '../../stores/findings.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';
import { DisputeButton } from './DisputeButton.tsx';

/** How long typing rests before the list is asked again, in milliseconds. */
const restMs = 200;

function change(part: Filter): void {
  const { cycle, filter } = findings.getState();
  if (cycle !== undefined) look(cycle, { ...filter, ...part });
}

/** Severity, status, check and search, order and help. */
export function FilterBar() {
  const t = useTexts();
  const filter = useFindings((s) => s.filter);
  return (
    <div className="filter-bar" role="search">
      <Select
        aria-label={t.findings.columns.severity}
        style={{ width: 112 }}
        value={filter.severity ?? ''}
        onChange={(v) => change({ severity: severities.find((s) => s === v) })}
        options={[{ value: '', label: t.findings.allSeverities }, ...severities.map((s) => ({ value: s, label: t.findings.severity[s] }))]}
      />
      <Select
        aria-label={t.findings.columns.status}
        style={{ width: 112 }}
        value={filter.status ?? ''}
        onChange={(v) => change({ status: findingStatuses.find((s) => s === v) })}
        options={[{ value: '', label: t.findings.allStatuses }, ...findingStatuses.map((s) => ({ value: s, label: t.findings.status[s] }))]}
      />
      <CheckFilter />
      <Search />
      <Select
        aria-label={t.findings.sort.order}
        style={{ width: 104 }}
        value={filter.sort ?? 'order'}
        onChange={(sort) => change({ sort })}
        options={[
          { value: 'order', label: t.findings.sort.order },
          { value: 'amount', label: t.findings.sort.amount },
        ]}
      />
      <span className="push" />
      <DisputeButton />
      <Help />
    </div>
  );
}

function CheckFilter() {
  const t = useTexts();
  const language = useLanguage();
  const code = useFindings((s) => s.filter.code);
  const counts = useFindings((s) => s.counts);
  const codes = [...new Set([...counts.map((c) => c.code), ...(code === undefined ? [] : [code])])];
  const countOf = (c: string) => counts.filter((x) => x.code === c).reduce((n, x) => n + x.count, 0);
  return (
    <Select
      aria-label={t.findings.columns.code}
      style={{ width: 150 }}
      popupMatchSelectWidth={300}
      showSearch={{ optionFilterProp: 'label' }}
      value={code ?? ''}
      onChange={(v) => change({ code: v === '' ? undefined : v })}
      options={[
        { value: '', label: t.findings.allCodes },
        ...codes.map((c) => ({ value: c, label: `${checkName(c, language)}（${countOf(c)}）` })),
      ]}
    />
  );
}

function Search() {
  const t = useTexts();
  const search = useFindings((s) => s.filter.search ?? '');
  const [typed, setTyped] = useState(search);
  const [seen, setSeen] = useState(search);
  // The filter can also change from outside (cleared, another month); what is being typed follows then.
  if (seen !== search) {
    setSeen(search);
    setTyped(search);
  }
  useEffect(() => {
    if (typed === search) return;
    const timer = setTimeout(() => change({ search: typed.trim() === '' ? undefined : typed }), restMs);
    return () => clearTimeout(timer);
  }, [typed, search]);
  return (
    <Input
      id="findings-search"
      aria-label={t.findings.search}
      placeholder={t.findings.search}
      title={t.findings.searchWhat}
      value={typed}
      allowClear
      onChange={(e) => setTyped(e.target.value)}
    />
  );
}

function Help() {
  const t = useTexts();
  const rows = (
    <table className="help">
      <tbody>
        {t.findings.helpRows.map(([keys, what]) => (
          <tr key={keys}>
            <td>
              <kbd>{keys}</kbd>
            </td>
            <td>{what}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <Popover title={t.findings.helpTitle} content={rows} trigger="click" placement="bottomRight">
      <Button type="text" icon={<QuestionCircleOutlined />} aria-label={t.common.help} />
    </Popover>
  );
}
