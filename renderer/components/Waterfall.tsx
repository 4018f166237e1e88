import { useEffect, useRef } from 'react';
import { Money } from './Money.tsx';
import type { Bar } from './waterfall-bars.ts';

/** Pixels of one row; the drawing beside the words has exactly as many. */
export const barHeight = 20;

const classOf = (bar: Bar): string => (bar.role === 'unexplained' && bar.to === bar.from ? 'bar step' : `bar ${bar.role}`);

/**
 * A lying waterfall: one row per step with its name, its bar and its exact amount. Names and amounts are text; only the bars are drawn (SVG), by a
 * library that is loaded when the first waterfall is shown. The height is known before, so nothing moves when it comes.
 */
export function Waterfall({ bars }: { readonly bars: readonly Bar[] }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let dispose: (() => void) | undefined;
    let gone = false;
    void import('./draw-waterfall.ts').then(({ drawWaterfall }) => {
      if (!gone) dispose = drawWaterfall(element, bars);
    });
    return () => {
      gone = true;
      dispose?.();
    };
  }, [bars]);
  return (
    <span className="waterfall">
      <span className="names">
        {bars.map((b, i) => (
          <span key={i} className={classOf(b)} title={b.name}>
            {b.name}
          </span>
        ))}
      </span>
      <span ref={place} className="drawing" aria-hidden style={{ height: bars.length * barHeight }} />
      <span className="sums">
        {bars.map((b, i) => (
          <span key={i} className={classOf(b)}>
            <Money amount={b.amount} as="aligned" />
          </span>
        ))}
      </span>
    </span>
  );
}
