import type { Text } from '../../core/finding.ts';

const map = { zh: '列对应：--map FILE', en: 'Columns are mapped with --map FILE' };
const hints: Readonly<Record<string, Text>> = {
  'column.missing': map,
  'header.missing': map,
  'kind.unknown': {
    zh: '指明类型：--kind K；列对应：--map FILE',
    en: 'The kind is said with --kind K, columns are mapped with --map FILE',
  },
  'cycle.missing': { zh: '指明账期：--cycle YYYY-MM', en: 'The month is said with --cycle YYYY-MM' },
  'account.missing': {
    zh: '指明账户：--account recharge（充值）或 --account credit（信用）',
    en: 'The account is said with --account recharge or --account credit',
  },
  'sheet.empty': {
    zh: '当月没有业务：--empty；文件名没有写月份时再加 --cycle YYYY-MM',
    en: 'A month without business is said with --empty, and --cycle YYYY-MM where the file name does not tell the month',
  },
  'workspace.unusable': { zh: '换一个工作区：--workspace 文件夹', en: 'Another workspace is chosen with --workspace DIR' },
  'month.closed': { zh: '重新打开：hezhang reopen YYYY-MM --reason 原因', en: 'To reopen it: hezhang reopen YYYY-MM --reason TEXT' },
};

/** How on the command line one does what a message asks for; the messages themselves are worded for the window too. */
export const hintOf = (code: string | undefined): Text | undefined => (code === undefined ? undefined : hints[code]);

const hidden = { zh: '读取隐藏的工作表：--hidden', en: 'Hidden sheets are read with --hidden' };
interface Imported {
  readonly status: string;
  readonly reasonCode?: string | undefined;
  readonly hiddenSheets?: readonly string[] | undefined;
}

/** The same for a file: why it was not imported, or what of it was not read. One without any row at all is no month without business. */
export function importHints({ status, reasonCode, hiddenSheets }: Imported, hiddenRead: boolean): Text[] {
  const reason = status === 'refused' && reasonCode === 'sheet.empty' ? undefined : hintOf(reasonCode);
  return [...(reason ? [reason] : []), ...(hiddenSheets && !hiddenRead ? [hidden] : [])];
}
