import type { EventPayload } from '../../contract.ts';
import { displayWidth, padText } from './table.ts';

const barWidth = 24;
const lineWidth = 78;

/** Draws progress on one line of a terminal; `clear` empties it before anything else is written. */
export function createProgress(write: (text: string) => unknown): { show(payload: unknown): void; clear(): void } {
  let drawn = 0;
  return {
    show(payload) {
      const line = progressLine(payload as EventPayload<'progress'>);
      write(`\r${padText(line, drawn)}`);
      drawn = displayWidth(line);
    },
    clear() {
      if (drawn > 0) write(`\r${' '.repeat(drawn)}\r`);
      drawn = 0;
    },
  };
}

/** "[######------]  42 %  consumption.csv  120000": no wider than a terminal. */
export function progressLine({ done, total, stage, file, rows }: EventPayload<'progress'>): string {
  const share = total ? Math.min(1, done / total) : undefined;
  const filled = Math.round((share ?? 0) * barWidth);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}]`;
  const percent = share === undefined ? '    ' : `${String(Math.floor(share * 100)).padStart(3)}%`;
  const text = [bar, percent, shortened(file ?? stage), rows === undefined ? '' : String(rows)].join(' ');
  return text.trimEnd();
}

/** Keeps the end of a long name: that is where files of a month differ. */
function shortened(name: string): string {
  let short = name;
  while (displayWidth(short) > lineWidth - barWidth - 20) short = short.slice(1);
  return short === name ? name : `…${short}`;
}
