import type { Kind } from '../../core/kinds.ts';
import { sharedFields, type SharedField } from '../fields.ts';
import { readAssociation, readBillingMode, readBillType, readNewCustomer } from '../values/enums.ts';
import type { Bound, CellReader, Fault } from '../values/fault.ts';
import { readMoney } from '../values/money.ts';
import { readRate } from '../values/rate.ts';
import { readId, readText } from '../values/text.ts';
import { readMonth, readPeriod, readTime } from '../values/time.ts';

/** One column of an export: which headers it has, how its cells are read and where they go. */
export interface Column {
  readonly field: string;
  readonly accept: readonly string[];
  readonly read: CellReader;
  /** The table's column; absent where the cell only helps to build others. */
  readonly column?: string;
  /** The second column that a pair fills. */
  readonly second?: string;
  readonly type: 'money' | 'rate' | 'time' | 'other';
  /** The sheet must have it; a sheet without is refused. */
  readonly header: 'required' | 'optional';
  /** `needed`: an empty or unreadable cell refuses the row. `strict`: unreadable refuses. `lenient`: unreadable is listed and read as absent. */
  readonly cell: 'needed' | 'strict' | 'lenient';
  /** A balance is no part of a control total. */
  readonly additive?: boolean;
}

/** What a kind's `finish` may look at: the row's values by table column, and those that are not stored. */
export interface RowValues {
  get(name: string): Bound;
  set(name: string, value: Bound): void;
}
export interface FieldFault {
  readonly field: string;
  /** Others that it is about as much; each column that the sheet has is named. */
  readonly also?: readonly string[];
  readonly fault: Fault;
}
/** Settles what one cell alone cannot say; one is made per sheet. A fault refuses the row. */
export type Finish = (row: RowValues) => FieldFault | undefined;

export interface KindSpec {
  readonly kind: Kind;
  readonly columns: readonly Column[];
  /** Of each group at least one header must be there (customer id or account name). */
  readonly anyOf?: readonly (readonly string[])[];
  /** Table columns that no header fills directly (`finish` does). */
  readonly derived?: readonly string[];
  /** The month of a row: from its 账期 (else title, file name, answer), from a time's month, or none (the user's own tables). */
  readonly month: 'cycle' | { readonly time: string } | 'none';
  readonly customer: 'needed' | 'optional' | 'none';
  /** The amount whose sign tells whether a refund is printed negative. */
  readonly refundAmounts?: readonly string[];
  /** What is negated of a refund that is printed positive; where absent, every amount that adds up. */
  readonly refundColumns?: readonly string[];
  readonly finish?: () => Finish;
}

type Options = Partial<Pick<Column, 'accept' | 'header' | 'cell' | 'additive' | 'column'>>;
const headersOf = (field: string, own: readonly string[] | undefined): readonly string[] => [
  ...(own ?? (field in sharedFields ? sharedFields[field as SharedField] : [])),
  field,
];
const snake = (field: string): string => field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

function make(field: string, read: CellReader, type: Column['type'], cell: Column['cell'], o: Options, second?: string): Column {
  return {
    field,
    read,
    type,
    column: o.column ?? snake(field),
    accept: headersOf(field, o.accept),
    header: o.header ?? 'optional',
    cell: o.cell ?? cell,
    ...(second === undefined ? {} : { second }),
    ...(o.additive === undefined ? {} : { additive: o.additive }),
  };
}

/** Money: an unreadable amount always refuses the row, for a sum without it would be silently wrong. */
export const money = (field: string, accept?: readonly string[], o: Options = {}): Column =>
  make(field, readMoney, 'money', 'strict', accept ? { ...o, accept } : o);
export const rate = (field: string, accept: readonly string[], o: Options = {}): Column =>
  make(field, readRate, 'rate', 'strict', { ...o, accept });
/** A key: a damaged id refuses the row. */
export const id = (field: string, accept?: readonly string[], o: Options = {}): Column =>
  make(field, readId, 'other', 'strict', accept ? { ...o, accept } : o);
export const text = (field: string, accept?: readonly string[], o: Options = {}): Column =>
  make(field, readText, 'other', 'lenient', accept ? { ...o, accept } : o);
export const time = (field: string, accept?: readonly string[], o: Options = {}): Column =>
  make(field, readTime, 'time', 'lenient', accept ? { ...o, accept } : o);
export const value = (field: string, read: CellReader, accept?: readonly string[], o: Options = {}): Column =>
  make(field, read, 'other', 'lenient', accept ? { ...o, accept } : o);
/** Fills two table columns from one cell. */
export const pair = (field: string, read: CellReader, first: string, second: string, o: Options = {}): Column =>
  make(field, read, 'other', 'lenient', { ...o, column: first }, second);
/** A cell that is not stored itself. */
export const unstored = (column: Column): Column => {
  const { column: _, ...rest } = column;
  return rest;
};

export const cycle = (o: Options = {}): Column => make('billingCycle', readMonth, 'other', 'needed', { ...o, column: 'cycle' });
export const currency: Column = unstored(text('currency'));
export const customer: readonly Column[] = [id('customerId'), text('accountName'), text('customerName')];
export const association: Column = value('associationType', readAssociation, undefined, { cell: 'strict' });
export const partner: readonly Column[] = [text('resellerName'), id('resellerId', undefined, { cell: 'lenient' }), text('accountManager')];
export const trade: readonly Column[] = [id('tradeId'), id('originalTradeId', undefined, { cell: 'lenient' })];
export const product: readonly Column[] = [text('productType'), text('productTypeCode'), text('productName')];
export const resource: readonly Column[] = [
  text('resourceType'),
  id('resourceId', undefined, { cell: 'lenient' }),
  text('resourceName'),
  text('region'),
  text('spec'),
];
export const billingMode: Column = value('billingMode', readBillingMode);
export const billType: Column = pair('billType', readBillType, 'bill_type', 'bill_class', { cell: 'strict' });
export const orderType: Column = text('orderType');
export const consumed: readonly Column[] = [
  pair('consumedAt', readPeriod, 'consumed_from', 'consumed_to'),
  time('consumedFrom'),
  time('consumedTo'),
];
export const newCustomer: Column = value('newCustomerTag', readNewCustomer);
