/** 账单类型 of the portal: its number, its words, and the class that the checks tell apart (handbook: exports). */
export const billTypes = [
  [1, '消费-新购', 'Expenditure - purchase', 'consumption'],
  [2, '消费-续订', 'Expenditure - renewal', 'consumption'],
  [3, '消费-变更', 'Expenditure - change', 'consumption'],
  [4, '退款-退订', 'Refund - unsubscription', 'refund'],
  [5, '消费-使用', 'Expenditure - use', 'consumption'],
  [8, '消费-自动续订', 'Expenditure - automatic renewal', 'consumption'],
  [9, '调账-补偿', 'Adjustment - compensation', 'adjustment'],
  [14, '消费-服务支持计划月末扣费', 'Expenditure - support plan at month end', 'consumption'],
  [16, '调账-扣费', 'Adjustment - deduction', 'adjustment'],
  [18, '消费-按月付费', 'Expenditure - monthly payment', 'consumption'],
  [20, '退款-变更', 'Refund - change', 'refund'],
  [23, '消费-节省计划抵扣', 'Expenditure - savings plan', 'consumption'],
  [24, '退款-包年/包月转按需', 'Refund - yearly/monthly to pay-per-use', 'refund'],
  [25, '消费-抹零补扣', 'Expenditure - truncated parts charged', 'consumption'],
  [103, '消费-按年付费', 'Expenditure - yearly payment', 'consumption'],
] as const satisfies readonly (readonly [number, string, string, string])[];
