import type { InvoiceSource } from '../core/invoice.ts';
import type { ReadField, ReadValue } from '../core/read-invoice.ts';
import { find, findAll, type XmlElement } from './xml-tree.ts';

type Paths = readonly (readonly [ReadField, ...string[]])[];

/** Where a digital invoice's own XML (root `EInvoice`) has each value; the first path that is there counts. */
const digital: Paths = [
  ['number', 'TaxSupervisionInfo/InvoiceNumber', 'Header/EIid'],
  ['date', 'TaxSupervisionInfo/IssueTime', 'Header/IssueTime', 'BasicInformation/RequestTime'],
  ['buyer', 'BuyerInformation/BuyerName'],
  ['buyerTaxNumber', 'BuyerInformation/BuyerIdNum'],
  ['seller', 'SellerInformation/SellerName'],
  ['sellerTaxNumber', 'SellerInformation/SellerIdNum'],
  ['net', 'BasicInformation/TotalAmWithoutTax'],
  ['tax', 'BasicInformation/TotalTaxAm'],
  ['total', 'BasicInformation/TotalTax-includedAmount', 'BasicInformation/TotalTaxIncludedAmount'],
  ['capitals', 'BasicInformation/TotalTax-includedAmountInChinese', 'BasicInformation/TotalTaxIncludedAmountInChinese'],
];

/** The same for the `original_invoice.xml` in an OFD. */
const original: Paths = [
  ['number', 'InvoiceNo'],
  ['code', 'InvoiceCode'],
  ['date', 'IssueDate'],
  ['buyer', 'Buyer/BuyerName'],
  ['buyerTaxNumber', 'Buyer/BuyerTaxID'],
  ['seller', 'Seller/SellerName'],
  ['sellerTaxNumber', 'Seller/SellerTaxID'],
  ['net', 'TaxExclusiveTotalAmount'],
  ['tax', 'TaxTotalAmount'],
  ['total', 'TaxInclusiveTotalAmount'],
  ['capitals', 'TaxInclusiveTotalAmountWithWords'],
];

/** Reads an invoice's XML; nothing where it is another document. `from` is `ofd` for one that was attached to an OFD. */
export function readInvoiceXml(root: XmlElement, from: InvoiceSource): ReadValue[] {
  const isDigital = root.name === 'EInvoice' && find(root, 'EInvoiceData') !== undefined;
  if (!isDigital && find(root, 'InvoiceNo') === undefined) return [];
  const values = (isDigital ? digital : original).flatMap(([field, ...paths]): ReadValue[] => {
    const value = paths.map((path) => find(root, path)?.text ?? '').find((text) => text !== '');
    return value === undefined ? [] : [{ field, value, from }];
  });
  return [...values, ...(isDigital ? digitalRest(root, from) : originalRest(root, from))];
}

function digitalRest(root: XmlElement, from: InvoiceSource): ReadValue[] {
  const kind = { '01': 'special', '02': 'ordinary' }[find(root, 'GeneralOrSpecialVAT/LabelCode')?.text ?? ''];
  const lines = findAll(root, 'IssuItemInformation');
  return [
    ...(kind === undefined ? [] : [{ field: 'kind', value: kind, from } as const]),
    ...lineValues(
      lines.map((line) => find(line, 'TaxRate')?.text ?? ''),
      from,
    ),
    { field: 'remark', value: find(root, 'AdditionalInformation/Remark')?.text ?? '', from },
  ];
}

function originalRest(root: XmlElement, from: InvoiceSource): ReadValue[] {
  const rates = findAll(root, 'GoodsInfo').map((line) => find(line, 'TaxScheme')?.text ?? '');
  return [...lineValues(rates, from), { field: 'remark', value: find(root, 'Note')?.text ?? '', from }];
}

/** The lines' rates, and how many lines there are (each was rounded). */
export function lineValues(rates: readonly string[], from: InvoiceSource): ReadValue[] {
  if (rates.length === 0) return [];
  const stated = rates.filter((rate) => rate !== '');
  return [
    ...(stated.length > 0 ? [{ field: 'rate', value: [...new Set(stated)].join('、'), from } as const] : []),
    { field: 'lines', value: String(rates.length), from },
  ];
}
