import { setImmediate } from 'node:timers/promises';
import { findingsOfRow, placeOf } from '../../db/searching/rows.ts';
import { placesOf, searcher, type FoundRow } from '../../db/searching/search.ts';
import { formatMoney, parseMoney, type Money } from '../core/money.ts';
import { AppError } from '../errors.ts';
import type { Handlers, Output } from '../contract.ts';
import type { AppContext } from './context.ts';
import { evidenceTables } from './evidence.ts';

type Found = Output<'data.search'>['rows'][number];
/** As many as a person looks through. */
const limit = 500;

/** A figure is written with its decimals ("2,301.01", "¥-5.00"): whole numbers are looked for as ids. */
export function figureOf(text: string): Money | undefined {
  const plain = text.normalize('NFKC').replace(/[,，\s¥￥元]/g, '');
  return /^-?\d+\.\d{1,8}$/.test(plain) ? parseMoney(plain) : undefined;
}

const superseded = (): AppError =>
  new AppError('search.superseded', {
    zh: '这次搜索已被后来的搜索取代。',
    en: 'A later search took the place of this one.',
  });

export function dataHandlers({ db }: AppContext): Pick<Handlers, 'data.search' | 'data.row'> {
  let newest = 0;
  return {
    'data.search': async ({ text, billingCycle }) => {
      const mine = ++newest;
      const places = placesOf(db, billingCycle);
      const figure = figureOf(text);
      const cycles = [...new Set(places.map((p) => p.cycle))].filter((c) => c !== '');
      const search = searcher(db, { text, figure }, cycles);
      const found: FoundRow[] = [];
      for (const place of places) {
        // A big statement takes a while: whatever else the window asks for comes in between.
        await setImmediate();
        if (mine !== newest) throw superseded();
        found.push(...search(place, limit + 1 - found.length));
        if (found.length > limit) break;
      }
      return {
        rows: found.slice(0, limit).flatMap((row) => wireRow(row, placeOf(db, row.row))),
        more: found.length > limit,
        ...(figure !== undefined && { figure: formatMoney(figure) }),
      };
    },
    'data.row': ({ row }) => {
      const id = BigInt(row);
      const place = placeOf(db, id);
      const tables = place ? evidenceTables(db, [{ ...place, side: 'left' }]) : [];
      if (tables.every((t) => t.rows.length === 0))
        throw new AppError('data.row-gone', {
          zh: '这一行已经不在了：它的导入被撤销了。请重新搜索。',
          en: 'This row is here no longer: its import was undone. Search again.',
        });
      const findings = findingsOfRow(db, id).map(({ cycle, difference, ...f }) => ({
        ...f,
        billingCycle: cycle,
        difference: formatMoney(difference),
      }));
      return { tables, findings };
    },
  };
}

function wireRow(f: FoundRow, place: ReturnType<typeof placeOf>): Found[] {
  if (!place) return [];
  const texts = { customer: f.customer, number: f.number, what: f.what };
  return [
    {
      row: String(f.row),
      kind: f.kind,
      ...(f.cycle !== '' && { billingCycle: f.cycle }),
      ...(Object.fromEntries(Object.entries(texts).filter(([, v]) => v !== null && v !== '')) as Pick<Found, keyof typeof texts>),
      ...(f.amount !== null && { amount: formatMoney(f.amount) }),
      file: place.file,
      sheet: place.sheet,
      at: Number(f.row % 16_777_216n),
    },
  ];
}
