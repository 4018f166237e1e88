import { useEffect, useRef } from 'react';
import { shown } from './amounts.ts';
import type { Bar } from './waterfall-bars.ts';

const barHeight = 21;

/** Height of the chart of so many bars, known before the chart library is there: nothing moves when it comes. */
export const waterfallHeight = (bars: number): number => bars * barHeight + 6;

/** A lying waterfall: one row per step, its name left, its exact amount right. Drawn as SVG; the drawing library is loaded when the first one is shown. */
export function Waterfall({ bars, label }: { readonly bars: readonly Bar[]; readonly label: string }) {
  const place = useRef<HTMLDivElement>(null);
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
  const words = bars.map((b) => `${b.name} ${shown(b.amount)}`).join('; ');
  return (
    <div ref={place} className="waterfall" role="img" aria-label={`${label}: ${words}`} style={{ height: waterfallHeight(bars.length) }} />
  );
}
