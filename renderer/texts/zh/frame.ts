/** Words around the pages: navigation, month picker, progress, shared buttons. */
export const app = { name: '核账', slogan: '每一分钱都说得清' };
export const nav = {
  month: '月度工作台',
  import: '导入',
  reconcile: '对账',
  findings: '差异',
  invoices: '开票',
  settings: '设置',
  label: '页面',
};
export const common = {
  retry: '重试',
  cancel: '取消',
  save: '保存',
  close: '关闭',
  copy: '复制',
  copied: '已复制',
  loading: '正在读取…',
  none: '无',
  rows: (n: number) => `${n.toLocaleString('zh-CN')} 行`,
  open: '打开',
  colon: '：',
  language: '语言',
  errorTitle: '没有完成',
  defectTitle: '程序错误',
  help: '快捷键',
};
export const cycle = {
  label: '账期',
  previous: '上一个账期',
  next: '下一个账期',
  placeholder: '选择或输入，如 2025-09',
  openNew: (c: string) => `打开 ${c}（新账期）`,
  notACycle: '账期写作 2025-09',
  reconciled: { yes: '已对账', no: '未对账', stale: '需重新对账' },
  open: (n: number) => `${n} 条待处理`,
};
export const jobs = {
  import: '正在导入',
  reconcile: '正在对账',
  backup: '正在备份',
  restore: '正在恢复',
  stages: {
    import: '导入',
    preview: '识别',
    problems: '整理问题',
    hash: '核对原件',
    write: '写入',
    check: '核对备份',
    keep: '备份现有数据',
    restore: '替换',
  } as Record<string, string>,
  stop: '停止',
  stopping: '正在停止…',
  rows: (n: number) => `${n.toLocaleString('zh-CN')} 行`,
  done: '对账完成',
  doneFindings: (n: number) => `对账完成：${n} 条差异`,
};
