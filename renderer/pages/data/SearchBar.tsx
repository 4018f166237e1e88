import { Input, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { shown } from '../../components/amounts.ts';
import { data, searchFor, useData } from '../../stores/data.ts';
import { session, useSession, useTexts } from '../../stores/session.ts';

/** How long typing rests before it is searched for, in milliseconds; Enter does not wait. */
const restMs = 350;

const now = (text: string): void => searchFor(text, data.getState().oneMonth, session.getState().cycle);
const toGrid = (): void => document.querySelector<HTMLElement>('.data-list .grid')?.focus();

/** What is searched for and in which months; how many rows hold it. */
export function SearchBar() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const text = useData((s) => s.text);
  const oneMonth = useData((s) => s.oneMonth);
  const found = useData((s) => s.found.value);
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  // A link on another page searches too; what is being typed follows then.
  if (seen !== text) {
    setSeen(text);
    setTyped(text);
  }
  useEffect(() => {
    if (data.getState().question === undefined) document.getElementById('data-search')?.focus();
  }, []);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => now(typed), restMs);
    return () => clearTimeout(timer);
  }, [typed, text]);
  return (
    <div className="filter-bar" role="search">
      <Input
        id="data-search"
        className="data-search"
        allowClear
        aria-label={t.data.search}
        placeholder={t.data.search}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' && e.key !== 'ArrowDown') return;
          now(typed);
          toGrid();
        }}
      />
      <Segmented
        aria-label={t.data.scope}
        value={oneMonth ? 'month' : 'all'}
        onChange={(to) => searchFor(typed, to === 'month', cycle)}
        options={[
          { value: 'all', label: t.data.allMonths },
          { value: 'month', label: cycle ?? '—', disabled: cycle === undefined },
        ]}
      />
      <span className="filter-total quiet" aria-live="polite">
        {found?.figure !== undefined && `${t.data.asFigure(shown(found.figure))} · `}
        {found && t.data.found(found.rows.length, found.more)}
      </span>
    </div>
  );
}
