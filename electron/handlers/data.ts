import { findingsOfRow, placeOf } from '../../db/searching/rows.ts';
import { formatMoney, parseMoney, type Money } from '../core/money.ts';
import { rowNumber } from '../core/row-id.ts';
import { AppError } from '../errors.ts';
import type { Handlers, Output } from '../contract.ts';
import { SearchAside } from '../jobs/search-aside.ts';
import type { PlacedRow } from '../jobs/search-thread.ts';
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

export function dataHandlers({ db }: AppContext): {
  readonly handlers: Pick<Handlers, 'data.search' | 'data.row'>;
  close(): Promise<void>;
} {
  const aside = new SearchAside(db.name);
  const handlers: Pick<Handlers, 'data.search' | 'data.row'> = {
    'data.search': async ({ text, billingCycle: cycle }) => {
      const figure = figureOf(text);
      const found = await aside.search({ text, figure, cycle, limit: limit + 1 });
      return {
        rows: found.slice(0, limit).map(wireRow),
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
  return { handlers, close: () => aside.close() };
}

function wireRow(f: PlacedRow): Found {
  const texts = { customer: f.customer, number: f.number, what: f.what };
  return {
    row: String(f.row),
    kind: f.kind,
    ...(f.cycle !== '' && { billingCycle: f.cycle }),
    ...(Object.fromEntries(Object.entries(texts).filter(([, v]) => v !== null && v !== '')) as Pick<Found, keyof typeof texts>),
    ...(f.amount !== null && { amount: formatMoney(f.amount) }),
    file: f.file,
    sheet: f.sheet,
    at: rowNumber(f.row),
  };
}
