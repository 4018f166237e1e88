/** 期限, and which entries repay a month's bill. */
export const deadlines = {
  title: '期限',
  hint: '照邮件填写，核账不推算',
  dateOf: (name: string) => `${name}的日期`,
  datePlaceholder: '如 2025-10-09',
  other: '其他期限…',
  left: (days: number) => (days < 0 ? `已过 ${-days} 天` : days === 0 ? '今天到期' : `还有 ${days} 天`),
  open: (n: number) => (n === 0 ? '无待反馈' : `${n} 条待反馈`),
  repayments: '以后各月的还款、充值',
  noDueDate: '勾选归还本月账单的流水。设置里没有账单还款日，到期检查不运行。',
  due: (date: string) => `勾选归还本月账单的流水；还款日 ${date}。同一笔转账在两个账户各有一行时，只勾一行。`,
  repays: (cycle: string) => `还 ${cycle}`,
  accounts: { recharge: '充值账户', credit: '信用账户' } as Record<string, string>,
};
