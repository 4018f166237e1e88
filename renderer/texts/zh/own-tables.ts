/** 自己的表. */
export const ownTables = {
  title: '自己的表',
  hint: '伙伴中心不导出这些，由您填写；填好后像其他文件一样导入，改了再导入即替换。',
  import: '去导入',
  empty: '空白表…',
  columns: { table: '表', state: '状态', file: '已导入', why: '用来' },
  why: {
    policy: '合同返点：激励 = 业绩 × 返点。没有它，激励不核对。',
    'product-policy': '哪些产品不计业绩、无返点或按月结算。没有它，假定都计。',
    'manager-history': '每个客户在哪段时间归哪位客户经理。没有它，不核对客户经理。',
    'association-history': '顾问销售、代售何时变更，归哪家云经销商。',
    'coupon-map': '哪些现金券计业绩。没有它，假定都不计。',
    customer: '客户全名和新客标签。没有它，不核对新客标签。',
    'bill-summary': '账单总额没有导出文件时，照账单页面填写。',
    'payment-request': '申付单没有导出文件时填写；也可以在“开票”页录入。',
  },
};
