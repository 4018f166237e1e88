import fs from 'node:fs/promises';
import path from 'node:path';
import type { Output } from '../../contract.ts';
import type { Text } from '../../core/finding.ts';
import { knownRequest, requestArgument, saveChanges } from './request-fields.ts';
import { textOption, usageError, type Session } from './session.ts';
import { alignedLines } from './table.ts';

type Notice = Output<'requests.readNotice'>;
type Field = Notice['fields'][number]['field'];

const names: Readonly<Record<Field, Text>> = {
  buyerName: { zh: '购方名称', en: 'Buyer' },
  buyerTaxNumber: { zh: '购方税号', en: 'Tax number' },
  mailingAddress: { zh: '邮寄地址', en: 'Mailing address' },
  recipient: { zh: '收件人', en: 'Recipient' },
  recipientPhone: { zh: '收件人电话', en: 'Phone' },
  mailbox: { zh: '公共邮箱', en: 'Mailbox' },
};

/** As many bytes as 20,000 characters, which the app reads at most, can have. */
const mostBytes = 80_000;

/**
 * `request notice ID --text FILE|-`: what the vendor's notice says beside what the request holds. `--save` takes over what a word names and what has
 * one value only; `--only` chooses the fields, and then also those that only look like it.
 */
export async function takeNotice(session: Session): Promise<number> {
  const requestId = requestArgument(session);
  const source = textOption(session, 'text');
  if (source === undefined) throw usageError('缺少 --text：写文件名，或 - 从管道读入', 'Missing: --text FILE, or - for what is piped in');
  const save = session.values['save'] === true;
  const only = textOption(session, 'only')?.split(/[,，、\s]+/);
  if (only && !save) throw usageError('--only 要和 --save 一起用', '--only goes with --save');
  const text = await noticeText(session, source);
  const known = await knownRequest(session, requestId);
  if (!known) {
    throw usageError(
      `没有申付单 ${requestId}：请先导入，或用 request type 录入`,
      `There is no payment request ${requestId}: import it, or type it in with request type`,
    );
  }
  const notice = await session.call('requests.readNotice', { text });
  const taken = fieldsToTake(notice, only);
  if (save) {
    if (taken.size === 0) {
      throw usageError(
        '通知里没有可以直接写入的内容：看不带 --save 的结果，用 --only 指明要写入的字段',
        'Nothing of the notice can be taken as it is: see it without --save, and name the fields with --only',
      );
    }
    await saveChanges(session, known, Object.fromEntries(taken), undefined);
  }
  const fields = notice.fields.map(({ field, value, labelled, others }) => ({
    field,
    value,
    labelled,
    ...(others.length > 0 && { others: others.map((other) => other.value) }),
    ...(known[field] !== '' && { now: known[field] }),
    taken: taken.has(field),
  }));
  session.print({ notice: { requestId, fields, notes: notice.notes.map(session.say), saved: save } }, () => [
    ...alignedLines(fields.map((one) => [session.say(names[one.field]), one.value, remark(one, session)])).map((line) => `  ${line}`),
    ...notice.notes.map((note) => `  ${session.say({ zh: '注意', en: 'note' })}  ${session.say(note)}`),
    save
      ? session.say({ zh: `已写入申付单 ${requestId}：${taken.size} 项`, en: `Written to request ${requestId}: ${taken.size}` })
      : session.say({
          zh: `还没有写入；加 --save 写入 ${taken.size} 项`,
          en: `Nothing is written yet; with --save ${taken.size} would be`,
        }),
  ]);
  return 0;
}

/** What `--save` writes; a field with several values is the person's to decide. */
function fieldsToTake(notice: Notice, only: readonly string[] | undefined): Map<Field, string> {
  const found = new Map(notice.fields.map((one) => [one.field as string, one]));
  for (const name of only ?? []) {
    const one = found.get(name);
    if (!one) {
      const list = [...found.keys()].join(', ');
      throw usageError(`通知里没有读到 ${name}，读到的是：${list}`, `The notice says nothing of ${name}; it says: ${list}`);
    }
    if (one.others.length > 0) {
      const values = [one, ...one.others].map(({ value }) => value).join(' | ');
      throw usageError(
        `${name} 在通知里有几个不同的值（${values}），请用 request type 录入正确的一个`,
        `The notice has several values of ${name} (${values}): type the right one with request type`,
      );
    }
  }
  return new Map(
    notice.fields
      .filter(({ field, labelled, others }) => (only ? only.includes(field) : labelled && others.length === 0))
      .map(({ field, value }) => [field, value]),
  );
}

interface Shown {
  readonly labelled: boolean;
  readonly others?: readonly string[];
  readonly now?: string;
  readonly value: string;
}

function remark({ labelled, others, now, value }: Shown, { say }: Session): string {
  return [
    ...(others ? [say({ zh: `还有 ${others.join('、')}`, en: `also ${others.join(', ')}` })] : []),
    ...(labelled ? [] : [say({ zh: '按样子猜的', en: 'by its shape only' })]),
    ...(now === undefined || now === value ? [] : [say({ zh: `现为 ${now}`, en: `now ${now}` })]),
  ].join('；');
}

async function noticeText(session: Session, source: string): Promise<string> {
  const file = path.resolve(session.cwd, source);
  const bytes =
    source === '-'
      ? await piped(session.stdin)
      : await fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
          throw usageError(`读不到 ${file}（${error.code}）`, `${file} cannot be read (${error.code})`);
        });
  if (bytes.length > mostBytes) {
    throw usageError(
      `通知有 ${bytes.length} 字节，超过 ${mostBytes}：只留开票信息那一段`,
      `The notice has ${bytes.length} bytes, more than ${mostBytes}: keep the part about the invoice`,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What is saved from a Chinese mail program.
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function piped(stdin: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stdin) {
    parts.push(part);
    length += part.length;
    if (length > mostBytes) break;
  }
  return Buffer.concat(parts);
}
