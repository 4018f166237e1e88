import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { printPdf, readyWithin, type PdfWindow } from '../../electron/hosts/print-pdf.ts';

interface Behaviour {
  readonly load?: () => Promise<void>;
  readonly print?: PdfWindow['print'];
  /** The person closes the window while its dialog is open. */
  readonly closedByPerson?: boolean;
  readonly view?: () => Promise<void>;
}

/** Prints over a window that behaves as told; gives the outcome and everything that was done, in order. */
async function print(file: string, { load, print, closedByPerson = false, view }: Behaviour) {
  const log: string[] = [];
  let shut = (): void => undefined;
  const closed = new Promise<void>((resolve) => (shut = resolve));
  const outcome = await printPdf(file, {
    openWindow: () => ({
      load: async (shown) => {
        log.push(`load ${shown}`);
        await load?.();
      },
      print: async () => {
        log.push('print');
        if (closedByPerson) shut();
        return print ? print() : { done: true, reason: '' };
      },
      closed,
      close: () => void log.push('close'),
    }),
    view: async (shown) => {
      log.push(`view ${shown}`);
      await view?.();
    },
    onTrouble: (why) => void log.push(`trouble ${why}`),
  }).catch((error: Error) => error.message);
  return { outcome, log };
}
const never = (): Promise<never> => new Promise(() => undefined);

describe('a PDF', () => {
  it('goes to the printer once the viewer has it ready', async () => {
    expect(await print('a.PDF', {})).toEqual({ outcome: 'printed', log: ['load a.PDF', 'print', 'close'] });
  });

  it.each(['Print job canceled', 'Print job cancelled', 'Canceled by user'])(
    'is not sent to a viewer when the person cancels (%s)',
    async (reason) => {
      const { outcome, log } = await print('a.pdf', { print: async () => ({ done: false, reason }) });
      expect([outcome, log]).toEqual(['canceled', ['load a.pdf', 'print', 'close']]);
    },
  );

  it('counts as cancelled when the person closes its window', async () => {
    const { outcome, log } = await print('a.pdf', { closedByPerson: true, print: never });
    expect([outcome, log.at(-1)]).toEqual(['canceled', 'close']);
  });

  it.each<[string, Behaviour, string]>([
    ['the system refuses', { print: async () => ({ done: false, reason: 'Invalid printer settings' }) }, 'Invalid printer settings'],
    ['there is no printing at all', { print: () => Promise.reject(new Error('no printers')) }, 'no printers'],
    ['the viewer cannot show it', { load: () => Promise.reject(new Error('ERR_FAILED')) }, 'ERR_FAILED'],
  ])('opens in the system’s viewer when %s', async (_, behaviour, why) => {
    const { outcome, log } = await print('a.pdf', behaviour);
    expect(outcome).toBe('viewer');
    expect(log.slice(-3)).toEqual([`trouble ${why}`, 'view a.pdf', 'close']);
  });

  it('that the system’s viewer cannot open either is told, and the window does not stay', async () => {
    const { outcome, log } = await print('a.pdf', {
      load: () => Promise.reject(new Error('x')),
      view: () => Promise.reject(new Error('no viewer')),
    });
    expect([outcome, log.at(-1)]).toEqual(['no viewer', 'close']);
  });
});

it('what is no PDF opens in its own program, without a window', async () => {
  expect(await print('a.xlsx', {})).toEqual({ outcome: 'viewer', log: ['trouble not a PDF', 'view a.xlsx'] });
});

describe('a viewer that never says it is ready', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is given up: what would be printed then is blank', async () => {
    const printing = print('a.pdf', { load: never });
    await vi.advanceTimersByTimeAsync(readyWithin + 1);
    const { outcome, log } = await printing;
    expect([outcome, log]).toEqual(['viewer', ['load a.pdf', expect.stringContaining('trouble'), 'view a.pdf', 'close']]);
  });
});
