import path from 'node:path';
import type { Input, Output } from '../../contract.ts';
import { completeAmounts } from '../../core/complete-amounts.ts';
import type { Text } from '../../core/finding.ts';
import { fieldNames, sourceNames, type ReadField } from '../../core/read-invoice.ts';
import { AppError } from '../../errors.ts';
import { textOption, usageError, type Session } from './session.ts';
import { shownAmount } from './table.ts';

type Read = Output<'invoices.read'>['files'][number];
type Added = Output<'invoices.add'>['invoice'];
type NewInvoice = Input<'invoices.add'>;

/** What a person may give beside one file or QR text, where it says something wrong or nothing: option → field. */
const corrections: Readonly<Record<string, ReadField>> = {
  number: 'number',
  code: 'code',
  kind: 'kind',
  date: 'date',
  net: 'net',
  tax: 'tax',
  rate: 'rate',
  buyer: 'buyer',
  'buyer-tax-number': 'buyerTaxNumber',
};

/** One file's (or one invoice's several files') outcome. */
interface Outcome {
  readonly read: Read;
  readonly added?: Added;
  readonly refused?: { readonly code: string; readonly text: Text };
  readonly notes: readonly Text[];
}

/** `invoice add FILE… | --qr TEXT`: reads, adds what is complete, tells the rest; 2 where something was not added. */
export async function addFromFiles(session: Session): Promise<number> {
  const qr = textOption(session, 'qr');
  const tokens = session.args.map((given) => session.files.register(path.resolve(session.cwd, given)));
  const { files } = await session.call('invoices.read', { tokens, ...(qr !== undefined && { qr }) });
  if (files.length === 0) throw usageError('文件夹里没有 XML、OFD 或 PDF 文件', 'There is no XML, OFD or PDF file in the folder');
  const given = Object.keys(corrections).filter((name) => textOption(session, name) !== undefined);
  if (given.length > 0 && files.length > 1) {
    const names = given.map((name) => `--${name}`).join(' ');
    throw usageError(
      `${names} 只能用于一张发票，这里有 ${files.length} 张`,
      `${names} can be given for one invoice only; these are ${files.length}`,
    );
  }
  const outcomes: Outcome[] = [];
  for (const read of files) outcomes.push(await addOne(session, read));
  session.print(
    {
      invoices: outcomes.flatMap(({ added }) => (added ? [documentOf(added, session)] : [])),
      files: outcomes.map((outcome) => outcomeDocument(outcome, session)),
    },
    () => outcomes.flatMap((outcome) => linesOf(outcome, session)),
  );
  return outcomes.some(({ refused }) => refused) ? 2 : 0;
}

async function addOne(session: Session, read: Read): Promise<Outcome> {
  if (read.status === 'refused') return { read, notes: [], refused: { code: read.code ?? 'invoice-file', text: read.reason! } };
  const { invoice, notes, missing } = await complete(session, read);
  if (!invoice) return { read, notes, refused: { code: 'invoice.incomplete', text: missingText(missing) } };
  try {
    return { read, notes, added: (await session.call('invoices.add', invoice)).invoice };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return { read, notes, refused: { code: error.code, text: error.text } };
    throw error;
  }
}

/** The invoice as it is to be added: what was read, what was typed over it, and the amounts that follow from both. */
async function complete(
  session: Session,
  read: Read,
): Promise<{ readonly invoice?: NewInvoice; readonly notes: readonly Text[]; readonly missing: readonly ReadField[] }> {
  const values: Partial<Record<string, string>> = Object.fromEntries(read.values.map(({ field, value }) => [field, value]));
  const sources = new Map(read.values.map(({ field, from }) => [field, from]));
  for (const [option, field] of Object.entries(corrections)) {
    const typed = textOption(session, option);
    if (typed === undefined) continue;
    values[field] = typed;
    sources.set(field, 'typed');
    if (field === 'rate') delete values['rates'];
  }
  const requestId = textOption(session, 'request');
  const notes: Text[] = [];
  let amounts = completeAmounts(values);
  if (!amounts && requestId !== undefined && values['rate'] === undefined) {
    const taxRate = (await session.call('requests.list', {})).requests.find((one) => one.requestId === requestId)?.taxRate;
    amounts = taxRate ? completeAmounts({ ...values, rate: taxRate }) : undefined;
    if (amounts) {
      notes.push({
        zh: `没有读到税额，按申付单税率 ${taxRate} 算出不含税 ${amounts.net}、税额 ${amounts.tax}，请与票面核对`,
        en: `No tax was read; at the request's rate of ${taxRate} the net amount is ${amounts.net} and the tax ${amounts.tax}: compare with the print`,
      });
    }
  }
  const { number, kind, date } = values;
  const missing = (['number', 'kind', 'date'] as const).filter((field) => !values[field]);
  if (!number || !date || (kind !== 'special' && kind !== 'ordinary') || !amounts) {
    return { notes, missing: [...missing, ...(amounts ? [] : (['net', 'tax'] as const).filter((field) => !values[field]))] };
  }
  const rest = { ...values, ...amounts, number, kind, date };
  const known = [...sources].filter(([field]) => values[field] !== undefined).map(([field, from]) => ({ field, from }));
  return { notes, missing, invoice: { ...rest, sources: known, ...(requestId !== undefined && { requestId }) } as NewInvoice };
}

function missingText(fields: readonly ReadField[]): Text {
  const [zh, en] = (['zh', 'en'] as const).map((language) => fields.map((field) => fieldNames[field][language]));
  const options = fields.map((field) => `--${field}`).join(' ');
  return {
    zh: `没有读到${zh!.join('、')}：请按票面用 ${options} 补上（只缺税额时也可给 --rate 税率）`,
    en: `Not read: ${en!.join(', ')}. Give ${options} as printed (where only the tax is missing, --rate will do)`,
  };
}

/** The documented keys, and the sentences of the findings in the language asked for. */
export function documentOf({ notes, code, ...invoice }: Added, session: Session): object {
  const { number, ...rest } = invoice;
  return { number, ...(code !== '' && { code }), ...rest, ...(notes.length > 0 && { notes: notes.map(session.say) }) };
}

function outcomeDocument({ read, added, refused, notes }: Outcome, session: Session): object {
  return {
    paths: read.paths,
    status: refused ? 'refused' : 'added',
    ...(added && { number: added.number }),
    values: read.values,
    disagreements: read.disagreements,
    suggestions: read.suggestions.map(({ requestId, by }) => ({ requestId, by })),
    notes: [...read.notes, ...notes].map(session.say),
    ...(refused && { code: refused.code, reason: session.say(refused.text) }),
  };
}

function linesOf({ read, added, refused, notes }: Outcome, session: Session): string[] {
  const { say } = session;
  const head = added
    ? say({
        zh: `已登记 ${added.number}，价税合计 ${shownAmount(added.total)}`,
        en: `Entered ${added.number}, total ${shownAmount(added.total)}`,
      })
    : say({ zh: '没有登记', en: 'Not entered' });
  const from = (one: Read['values'][number]): string => `${one.value}（${say(sourceNames[one.from])}）`;
  const fieldName = (field: string): string => say(fieldNames[field as ReadField] ?? { zh: field, en: field });
  const told = [
    ...read.notes,
    ...notes,
    ...(added?.notes ?? []),
    ...(added?.requestId === undefined ? read.suggestions.map(({ text }) => text) : []),
  ];
  return [
    `${head}  ${read.name}`,
    ...(refused ? [`    ${say(refused.text)}`] : []),
    ...read.disagreements.map(
      ({ field, values }) => `    ${say({ zh: '来源不一致', en: 'sources differ' })}  ${fieldName(field)}: ${values.map(from).join(' / ')}`,
    ),
    ...told.map((text) => `    ${say({ zh: '注意', en: 'note' })}  ${say(text)}`),
  ];
}
