import { Button, Select } from 'antd';
import { findingStatuses, severities } from '../../../electron/core/checks.ts';
import type { FindingSort } from '../../../electron/core/dispute.ts';
import { KeyHelp } from '../../components/KeyHelp.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { findings, look, useFindings, type Filter } from '../../stores/findings.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';

function change(part: Filter): void {
  const { cycle, filter } = findings.getState();
  if (cycle !== undefined) look(cycle, { ...filter, ...part });
}

const searchFor = (search: string | undefined) => change({ search });
/** The orders that can be chosen with the keys; every heading sorts too. */
const sorts = ['order', 'amount', 'manager', 'customer', 'age', 'due'] as const satisfies readonly FindingSort[];
const largestFirst = ['amount', 'age'] as const;

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
      <SearchField
        id="findings-search"
        label={t.findings.search}
        what={t.findings.searchWhat}
        search={filter.search ?? ''}
        onSearch={searchFor}
      />
      <Select
        aria-label={t.findings.sort.label}
        style={{ width: 112 }}
        value={filter.sort ?? 'order'}
        onChange={(sort) => change({ sort, descending: largestFirst.some((s) => s === sort) })}
        options={sorts.map((value) => ({ value, label: t.findings.sort[value] }))}
      />
      <span className="push" />
      <Button onClick={() => go('disputes')}>{t.nav.disputes}</Button>
      <KeyHelp title={t.findings.helpTitle} rows={t.findings.helpRows} />
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
