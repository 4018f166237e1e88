import { Skeleton } from 'antd';
import { useEffect, type ReactNode } from 'react';
import type { Loadable } from '../stores/loadable.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { Money } from './Money.tsx';

interface Props<T> {
  /** Enter in the grid focuses the panel by it. */
  readonly id: string;
  readonly label: string;
  readonly state: Loadable<T>;
  /** What is shown of it; absent while what was read is of something else. */
  readonly value: T | undefined;
  /** What the panel says where nothing is chosen; undefined where something is. */
  readonly none: string | undefined;
  readonly onRetry: (() => void) | undefined;
  readonly children: (value: T) => ReactNode;
}

/** The panel beside a grid: what is chosen there, or that it is being read, could not be, or that nothing is chosen. */
export function DetailPanel<T>({ id, label, state, value, none, onRetry, children }: Props<T>) {
  return (
    <div
      id={id}
      // The panel scrolls, and Enter in the grid leads here: it must be able to take the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={label}
      aria-busy={state.loading}
      className="scroll pad detail-scroll"
    >
      {state.error ? (
        <ErrorNotice error={state.error} {...(onRetry && { onRetry })} />
      ) : value !== undefined ? (
        children(value)
      ) : none === undefined ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : (
        <p className="quiet">{none}</p>
      )}
    </div>
  );
}

/** Escape within `inside` (selectors) leads back to the grid. */
export function useBackToGrid(inside: string, grid: string): void {
  useEffect(() => {
    const back = (e: KeyboardEvent) => {
      if (e.key === 'Escape' && document.activeElement?.closest(inside)) document.querySelector<HTMLElement>(grid)?.focus();
    };
    window.addEventListener('keydown', back);
    return () => window.removeEventListener('keydown', back);
  }, [inside, grid]);
}

interface Amount {
  readonly name: string;
  /** undefined: there is none on this side. */
  readonly amount: string | undefined;
  readonly alarm?: boolean;
}

/** The amounts that a detail is about, side by side. */
export function Amounts({ of }: { readonly of: readonly Amount[] }) {
  return (
    <dl className="amounts">
      {of.map(({ name, amount, alarm }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={alarm ? 'alarm' : ''}>{amount === undefined ? '–' : <Money amount={amount} />}</dd>
        </div>
      ))}
    </dl>
  );
}
