import type { Texts } from '../zh.ts';
import { counted } from '../../../electron/core/display-count.ts';

export const readInvoices: Texts['invoices']['reading'] = {
  title: 'Read e-invoices',
  hint: 'Drop XML, OFD, PDF files or a folder on this page; nothing is stored before you have checked it.',
  drop: 'Let go to read the invoices',
  choose: 'Choose files',
  chooseFolder: 'Choose a folder',
  qr: "Paste the text of an invoice's QR code",
  readQr: 'Read',
  dismiss: 'Leave out',
  save: 'Checked, save it',
  withoutDoubt: (n) => `${counted(n, 'invoice whose sources agree', 'invoices whose sources agree')}, without any doubt, in all`,
  byRemark: 'tie those whose remark names a request',
  saveAll: (n) => `Checked, save these ${n}`,
  saving: (done, n) => `${done} of ${n} saved`,
  allSaved: (n) => `${counted(n, 'invoice')} entered`,
  incomplete: 'The kind is missing, or net and tax (a total with its rate will do).',
  other: (source, value) => `${source} says ${value}: take that`,
  tieTo: 'For the payment request',
  untied: 'none yet',
  untiedTitle: 'Invoices without a payment request',
  untiedCount: (n) => counted(n, 'invoice'),
  suggested: (id, why) => `${why}: tie to ${id}`,
};
