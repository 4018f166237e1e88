import { checks } from './checks.ts';
import type { Finding } from './finding.ts';
import { displayMoney } from './money.ts';

/** The text to paste into 问题反馈: what, which month, which customer and order, the two amounts, and how we know. Chinese, as the vendor reads it. */
export function feedbackText(finding: Finding, cycle: string): string {
  const who = finding.customerId ?? finding.accountName;
  return [
    `【${checks[finding.code].zh}】账期 ${cycle}`,
    who && `客户：${who}${finding.customerId && finding.accountName ? `（${finding.accountName}）` : ''}`,
    finding.tradeId && `订单号/交易号：${finding.tradeId}`,
    finding.productType && `产品类型：${finding.productType}`,
    finding.recordId && `记录编号：${finding.recordId}`,
    `贵方数据：${displayMoney(finding.stated)} 元；我方核对应为：${displayMoney(finding.expected)} 元；差额：${displayMoney(finding.difference)} 元。`,
    finding.reason.zh,
    '请核实并更正，烦请回复处理结果。证据见附件明细（文件、工作表、行号）。',
  ]
    .filter(Boolean)
    .join('\n');
}
