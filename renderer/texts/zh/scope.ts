/** 导出范围: what an imported file covers. */
export const scope = {
  title: '标注导出范围',
  what: '如果导出时只选了部分客户经理或客户，请在这里写明。另一张表里范围之外的行单独列为“导出范围之外”，不算差异；看不出归谁的行照常核对。不标注就按覆盖全部核对。',
  statement: '哪张表',
  managers: '客户经理',
  managersHint: '只含这些客户经理的客户；输入姓名后回车，可写多个',
  customers: '客户',
  customersHint: '或只含这些客户；输入客户ID或账号名后回车，可写多个',
  needsNames: '请写明客户经理或客户',
  keep: '保存标注',
  kept: '已保存标注；相关月份请重新对账',
  undo: '撤销标注',
  undone: '已撤销标注；相关月份请重新对账',
  mark: '范围…',
  only: '只含 ',
};
