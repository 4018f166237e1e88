/** What a change would make of a month, and what changed since the last run. */
export const trial = {
  nothing: '没有影响：差异和差额桥都不变。',
  counts: (added: number, gone: number, changed: number) => `差异新增 ${added} 条、消失 ${gone} 条、变化 ${changed} 条`,
  change: { new: '新增', gone: '消失', changed: '变化' },
  findings: '有变化的差异',
  more: (n: number) => `另有 ${n} 条未列出`,
  bridge: '差额桥',
  step: '项目',
  before: '现在',
  after: '修改后',
  sinceTitle: '与上次对账相比',
  since: (at: string) => `与上次对账（${at}）相比：`,
  sinceNone: '没有变化',
  show: '查看',
  hide: '收起',
};
