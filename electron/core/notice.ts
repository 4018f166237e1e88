import type { Text } from './finding.ts';
import { findLabels, noticeFields, type FoundLabel, type NoticeField } from './notice-labels.ts';
import { normaliseTaxNumber, taxNumberProblem } from './tax-number.ts';

/** A value with the place that it came from: `start` and `end` are positions in the text as it was pasted (UTF-16 units). */
export interface NoticeValue {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What a notice says of one field; `others` are further, different values that it might be, for the person to choose. */
export interface ReadNoticeField extends NoticeValue {
  readonly field: NoticeField;
  /** A word before it says what it is; else it only looks like it. */
  readonly labelled: boolean;
  readonly others: readonly NoticeValue[];
}

export interface ReadNotice {
  readonly fields: readonly ReadNoticeField[];
  readonly notes: readonly Text[];
}

interface Found extends NoticeValue {
  readonly field: NoticeField;
  /** 0 the field's own word, 1 a general one (电话), 2 no word. */
  readonly trust: 0 | 1 | 2;
}

/** Reads the vendor's notice, pasted as text: buyer, tax number, mailing address, recipient, phone, mailbox. Nothing is taken over before a person confirms it. */
export function readNotice(text: string): ReadNotice {
  const labels = findLabels(text);
  const found = [...labels.flatMap((label, index) => labelled(text, label, labels[index + 1]?.start ?? text.length)), ...looksLike(text)];
  const registered = labels.filter(({ label }) => label === 'registeredAddress' || label === 'registeredPhone');
  const fields = noticeFields.flatMap((field): ReadNoticeField[] => {
    const mine = found.filter((one) => one.field === field).toSorted((a, b) => a.trust - b.trust || a.start - b.start);
    const [first] = mine;
    if (!first) return [];
    // What only looks like it is no rival of what a word names.
    const rivals = mine.filter((one) => one.value !== first.value && (one.trust < 2 || first.trust === 2));
    const others = rivals.filter((one, index) => rivals.findIndex(({ value }) => value === one.value) === index).map(place);
    return [{ field, ...place(first), labelled: first.trust < 2, others }];
  });
  return { fields, notes: notesOf(fields, registered.length > 0) };
}

const place = ({ value, start, end }: NoticeValue): NoticeValue => ({ value, start, end });

function notesOf(fields: readonly ReadNoticeField[], registered: boolean): Text[] {
  const notes: Text[] = [];
  const taxNumber = fields.find(({ field }) => field === 'buyerTaxNumber');
  const wrong = taxNumber && taxNumberProblem(taxNumber.value);
  if (wrong) notes.push(wrong);
  if (registered) {
    notes.push({
      zh: '注册地址、电话只用于开票，没有取作邮寄地址和收件电话',
      en: 'The registered address and phone are for the invoice; they were not taken for the mailing address and phone',
    });
  }
  const missing = ['buyerName', 'buyerTaxNumber'].filter((name) => !fields.some(({ field }) => field === name));
  if (missing.length > 0) {
    const names = { buyerName: ['购方名称', "the buyer's name"], buyerTaxNumber: ['购方税号', "the buyer's tax number"] } as const;
    const told = missing.map((name) => names[name as keyof typeof names]);
    notes.push({ zh: `没有读到${told.map(([zh]) => zh).join('和')}`, en: `Not found: ${told.map(([, en]) => en).join(' and ')}` });
  }
  return notes;
}

/** The value behind a label: to the end of its line or the next label, on the next line where its own is empty. */
function labelled(text: string, { label, weak, end }: FoundLabel, limit: number): Found[] {
  if (label === 'registeredAddress' || label === 'registeredPhone' || label === 'otherData') return [];
  const after = text.slice(end, limit);
  const [, blank = ''] = /^((?:[ \t\u3000]*\r?\n)?)/.exec(after) ?? [];
  const line = /^[^\r\n]*/.exec(after.slice(blank.length))![0];
  const value = trimmed(text, end + blank.length, end + blank.length + line.length);
  if (value === undefined) return [];
  return valuesOf(label, value).map((one) => ({ ...one, trust: weak && one.field === label ? 1 : 0 }));
}

/** A value without the punctuation and brackets around it. */
function trimmed(text: string, from: number, to: number): NoticeValue | undefined {
  const raw = text.slice(from, to);
  const lead = /^[\s\u3000,，;；。、|“"'【「[<《]*/u.exec(raw)![0].length;
  // The number of the next item of a list stands before its label.
  const own = raw.slice(lead).replace(/[;；,，。\s]\d{1,2}[、.．)）]\s*$/u, '');
  const value = own.replace(/[\s\u3000,，;；。、|”"'】」\]>》]+$/u, '');
  return value === '' ? undefined : { value, start: from + lead, end: from + lead + value.length };
}

const phone =
  /(?<![\dA-Za-z])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|(?:\+?86[- ]?)?\(?0\d{2,3}\)?[- ]?\d{7,8}(?:[-转]\d{1,6})?|400[- ]?\d{3}[- ]?\d{4})(?!\d)/u;
const mail = /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/u;
const taxNumber = /(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])/u;
const company = /[\p{Script=Han}A-Za-z0-9（）()·]{2,40}?(?:有限责任公司|股份有限公司|有限公司|公司)(?:[\p{Script=Han}]{2,12}分公司)?/u;

const part = (field: NoticeField, whole: NoticeValue, match: RegExpExecArray | null): Omit<Found, 'trust'>[] =>
  match ? [{ field, value: match[0], start: whole.start + match.index, end: whole.start + match.index + match[0].length }] : [];

/** What one labelled value holds: a recipient's line often holds the phone too, an address the recipient and the phone. */
function valuesOf(field: NoticeField, whole: NoticeValue): Omit<Found, 'trust'>[] {
  switch (field) {
    case 'buyerTaxNumber': {
      const match = /^[0-9A-Za-z０-９Ａ-Ｚａ-ｚ\s]{15,30}/u.exec(whole.value);
      if (!match) return [];
      const value = match[0].trimEnd();
      return [{ field, value: normaliseTaxNumber(value), start: whole.start, end: whole.start + value.length }];
    }
    case 'mailbox':
      return part(field, whole, mail.exec(whole.value));
    case 'recipientPhone':
      return part(field, whole, phone.exec(whole.value));
    case 'recipient':
      return person(whole);
    case 'mailingAddress':
      return address(whole);
    case 'buyerName':
      return [{ field, ...whole }];
  }
}

function person(whole: NoticeValue): Omit<Found, 'trust'>[] {
  const called = phone.exec(whole.value);
  const before = called ? whole.value.slice(0, called.index) : whole.value;
  const name = /^[\p{Script=Han}A-Za-z .·]{1,40}?(?=\s*(?:[（(]?收[）)]?)?\s*(?:[,，;；/、(（|]|$))/u.exec(before.trimEnd());
  const value = name?.[0].trim() ?? '';
  return [
    ...(value === '' ? [] : [{ field: 'recipient' as const, value, start: whole.start, end: whole.start + value.length }]),
    ...part('recipientPhone', whole, called),
  ];
}

function address(whole: NoticeValue): Omit<Found, 'trust'>[] {
  if (mail.test(whole.value)) return part('mailbox', whole, mail.exec(whole.value));
  const called = phone.exec(whole.value);
  let rest = called ? whole.value.slice(0, called.index) : whole.value;
  const cut = (): void => void (rest = rest.replace(/[\s\u3000,，;；、/|（(]+$/u, ''));
  cut();
  const named =
    /[\s,，;；、]([\p{Script=Han}]{2,4})\s*(?:[（(]?收[）)]?)?$/u.exec(rest) ??
    /[\s,，;；、]?([\p{Script=Han}]{2,4})\s*[（(]收[）)]$/u.exec(rest);
  const isPerson =
    named !== null && (called !== null || /收[）)]?$/u.test(named[0])) && !/[省市区县镇路街道号楼室层栋座园厦村]$/u.test(named[1]!);
  const who = isPerson ? named[1]! : undefined;
  const at = isPerson ? named.index + named[0].indexOf(who!) : 0;
  if (isPerson) rest = rest.slice(0, named.index);
  cut();
  return [
    { field: 'mailingAddress', value: rest, start: whole.start, end: whole.start + rest.length },
    ...(who === undefined
      ? []
      : [{ field: 'recipient' as const, value: who, start: whole.start + at, end: whole.start + at + who.length }]),
    ...part('recipientPhone', whole, called),
  ];
}

/** What can be told by its shape alone. */
function looksLike(text: string): Found[] {
  const all = (field: NoticeField, shape: RegExp, normal: (value: string) => string = (value) => value): Found[] =>
    [...text.matchAll(new RegExp(shape, 'gu'))].map((match) => ({
      field,
      value: normal(match[0]),
      start: match.index,
      end: match.index + match[0].length,
      trust: 2,
    }));
  return [
    ...all('buyerTaxNumber', taxNumber, normaliseTaxNumber).filter(({ value }) => taxNumberProblem(value) === undefined),
    ...all('mailbox', mail),
    ...all('buyerName', company),
  ];
}
