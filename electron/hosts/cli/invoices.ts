import type { Command } from './command.ts';
import { addFromFiles, documentOf } from './invoice-files.ts';
import { copyTo, outFile } from './output-file.ts';
import { choiceOption, textOption, usageError, type Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';

const needed = ['number', 'kind', 'date', 'net', 'tax'] as const;

const addOptions = [...needed, 'code', 'rate', 'buyer', 'buyer-tax-number', 'request', 'qr'];

export const invoiceCommand: Command = {
  name: 'invoice',
  usage:
    'add FILE… [--request ID] | add --qr TEXT [--rate 6%] [--request ID] | add --number N [--code C] --kind special|ordinary --date YYYY-MM-DD --net A --tax A [--rate 6%] [--buyer NAME] [--buyer-tax-number T] [--request ID] | tie --number N [--code C] [--request ID] | list | remove --number N [--code C]',
  text: { zh: '读取或录入、关联、列出、移除发票', en: 'read or type in, tie, list or remove invoices' },
  options: Object.fromEntries(addOptions.map((name) => [name, { type: 'string' as const }])),
  forms: [
    { words: ['add'], options: addOptions },
    { words: ['tie'], options: ['number', 'code', 'request'] },
    { words: ['list'], options: [] },
    { words: ['remove'], options: ['number', 'code'] },
  ],
  async run(session) {
    const [verb, ...rest] = session.args;
    if (verb === 'add') return add({ ...session, args: rest });
    if (rest.length > 0) throw usageError(`多出的参数“${rest[0]}”`, `Unexpected argument "${rest[0]}"`);
    if (verb === 'list') return list(session);
    if (verb === 'tie') return tie(session);
    if (verb === 'remove') return remove(session);
    throw usageError('invoice 后面要写 add、tie、list 或 remove', 'Write add, tie, list or remove after invoice');
  },
};

async function add(session: Session): Promise<number> {
  if (session.args.length > 0 || textOption(session, 'qr') !== undefined) return addFromFiles(session);
  const missing = needed.filter((name) => textOption(session, name) === undefined);
  if (missing.length > 0) {
    const names = missing.map((name) => `--${name}`).join(' ');
    throw usageError(`录入发票还缺 ${names}`, `To enter an invoice, also give ${names}`);
  }
  const date = textOption(session, 'date')!;
  if (!isDate(date)) throw usageError(`开票日期“${date}”应写成 2025-09-30 这样`, `The date "${date}" must be written like 2025-09-30`);
  const optional = (name: string, key: string): Record<string, string> => {
    const value = textOption(session, name);
    return value === undefined ? {} : { [key]: value };
  };
  const { invoice } = await session.call('invoices.add', {
    number: textOption(session, 'number')!,
    kind: choiceOption(session, 'kind', ['special', 'ordinary'])!,
    date,
    net: textOption(session, 'net')!,
    tax: textOption(session, 'tax')!,
    ...optional('code', 'code'),
    ...optional('rate', 'rate'),
    ...optional('buyer', 'buyer'),
    ...optional('buyer-tax-number', 'buyerTaxNumber'),
    ...optional('request', 'requestId'),
  });
  session.print({ invoice: documentOf(invoice, session) }, () => [
    session.say({
      zh: `已登记 ${invoice.number}，价税合计 ${shownAmount(invoice.total)}`,
      en: `Entered ${invoice.number}, total ${shownAmount(invoice.total)}`,
    }),
    ...invoice.notes.map((note) => `  ${session.say({ zh: '注意', en: 'note' })}  ${session.say(note)}`),
  ]);
  return 0;
}

/** A real calendar day: the contract refuses the others too, but with the schema's words. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

async function list(session: Session): Promise<number> {
  const { invoices } = await session.call('invoices.list', {});
  session.print({ invoices: invoices.map((invoice) => documentOf(invoice, session)) }, () => {
    if (invoices.length === 0) return [session.say({ zh: '还没有登记发票。', en: 'No invoices were entered yet.' })];
    const rows = invoices.map((invoice) => [
      [invoice.code, invoice.number].filter(Boolean).join(' '),
      invoice.date ?? '',
      shownAmount(invoice.total),
      invoice.rate ?? '',
      invoice.requestId ?? '',
      invoice.notes.map(session.say).join('；'),
    ]);
    return alignedLines(rows, [2]);
  });
  return 0;
}

/** Without --request it is untied. */
async function tie(session: Session): Promise<number> {
  const number = textOption(session, 'number');
  if (number === undefined) throw usageError('缺少 --number', 'Missing: --number');
  const code = textOption(session, 'code');
  const requestId = textOption(session, 'request') ?? '';
  const { invoice } = await session.call('invoices.tie', { number, requestId, ...(code !== undefined && { code }) });
  session.print({ invoice: documentOf(invoice, session) }, () => [
    requestId === ''
      ? session.say({ zh: `已解除 ${number} 的关联`, en: `Untied ${number}` })
      : session.say({ zh: `${number} 已关联到 ${requestId}`, en: `Tied ${number} to ${requestId}` }),
    ...invoice.notes.map((note) => `  ${session.say({ zh: '注意', en: 'note' })}  ${session.say(note)}`),
  ]);
  return 0;
}

async function remove(session: Session): Promise<number> {
  const number = textOption(session, 'number');
  if (number === undefined) throw usageError('缺少 --number', 'Missing: --number');
  const code = textOption(session, 'code');
  const reply = await session.call('invoices.remove', { number, ...(code !== undefined && { code }) });
  session.print(reply, () => [session.say({ zh: `已移除 ${number}`, en: `Removed ${number}` })]);
  return 0;
}

export const invoiceListCommand: Command = {
  name: 'invoice-list',
  usage: 'ID… --out FILE.pdf [--empty-numbers] [--with-vendor-list]',
  text: { zh: '打印申付单的开票清单（PDF）', en: 'print the invoice list of payment requests (PDF)' },
  options: { out: { type: 'string' }, 'empty-numbers': { type: 'boolean' }, 'with-vendor-list': { type: 'boolean' } },
  async run(session) {
    if (session.args.length === 0) throw usageError('没有给出申付单号', 'No payment request was given');
    // Before the print is logged.
    const target = outFile(session, 'pdf');
    const { token } = await session.call('invoices.print', {
      requestIds: [...session.args],
      language: session.language,
      emptyNumbers: session.values['empty-numbers'] === true,
      accompaniesVendorList: session.values['with-vendor-list'] === true,
    });
    copyTo(session.files.resolve(token), target);
    session.print({ files: [target] }, () => [session.say({ zh: `已写入 ${target}`, en: `Written: ${target}` })]);
    return 0;
  },
};
