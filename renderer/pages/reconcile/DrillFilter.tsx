import { Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { groupSorts } from '../../../electron/contract.ts';
import { drill, lookInto, useDrill, type Question } from '../../stores/drill.ts';
import { useTexts } from '../../stores/session.ts';

/** How long typing rests before the list is asked again, in milliseconds. */
const restMs = 200;

function change(part: Partial<Question>): void {
  const { question } = drill.store.getState();
  if (question) lookInto({ ...question, ...part });
}

/** Search over customer, order, product and key; order of the list. */
export function DrillFilter() {
  const t = useTexts();
  const list = useDrill((s) => `${s.question?.pair} ${s.question?.step} ${s.question?.place}`);
  const sort = useDrill((s) => s.question?.sort ?? 'key');
  return (
    <div className="filter-bar" role="search">
      {/* Another list starts with a search of its own. */}
      <Search key={list} />
      <Select
        aria-label={t.findings.sort.order}
        style={{ width: 190 }}
        value={sort}
        onChange={(to) => change({ sort: to, descending: to !== 'key' })}
        options={groupSorts.map((s) => ({ value: s, label: t.reconcile.drill.sort[s] }))}
      />
    </div>
  );
}

function Search() {
  const t = useTexts();
  const search = useDrill((s) => s.question?.search);
  const [typed, setTyped] = useState(search ?? '');
  useEffect(() => {
    if (typed === (search ?? '')) return;
    const timer = setTimeout(() => change({ search: typed === '' ? undefined : typed }), restMs);
    return () => clearTimeout(timer);
  }, [typed, search]);
  return (
    <Input
      id="drill-search"
      className="drill-search"
      allowClear
      placeholder={t.reconcile.drill.search}
      aria-label={t.reconcile.drill.search}
      value={typed}
      onChange={(e) => setTyped(e.target.value)}
      onKeyDown={(e) => {
        if (e.key === 'Escape' || e.key === 'Enter') document.querySelector<HTMLElement>('.drill-list .grid')?.focus();
      }}
    />
  );
}
