/** Who a letter goes to or comes from; empty texts are left out. */
export interface Party {
  readonly company: string;
  readonly person: string;
  readonly phone: string;
  readonly address: string;
}

/** One address label: one letter, which may hold several requests' papers. */
export interface Label {
  readonly to: Party;
  readonly from: Party;
  readonly requestIds: readonly string[];
  /** How many invoices go with it. */
  readonly invoices: number;
  /** Empty where they are not entered yet: their box stays empty to be written by hand. */
  readonly courier: string;
  readonly tracking: string;
}

/** Paper of labels: A4 sheets of four, or a label printer's 100 × 150 mm. */
export const labelSizes = ['a4', '100x150'] as const;
export type LabelSize = (typeof labelSizes)[number];

export interface LabelPrint {
  readonly labels: readonly Label[];
  readonly size: LabelSize;
  /** Chinese words, or Chinese with English. */
  readonly language: 'zh' | 'en';
  /** Print log number; absent for a preview, which is marked 预览. */
  readonly printNumber?: number;
  /** "YYYY-MM-DD HH:MM:SS" in GMT+08:00. */
  readonly at: string;
}

/** Labels of several requests: those that go to the same person in the same parcel are one. */
export function gatherLabels(single: readonly Label[]): Label[] {
  const same = ({ to, courier, tracking }: Label): string =>
    JSON.stringify([to.company, to.person, to.phone, to.address, courier, tracking]);
  return [...Map.groupBy(single, same).values()].map((labels) => ({
    ...labels[0]!,
    requestIds: labels.flatMap(({ requestIds }) => requestIds),
    invoices: labels.reduce((sum, { invoices }) => sum + invoices, 0),
  }));
}
