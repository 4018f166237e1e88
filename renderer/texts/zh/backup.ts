/** 备份、恢复、检查. */
export const backup = {
  title: '备份与恢复',
  hint: '一个文件，含数据库和全部导入的原件；写完会读回核对。',
  backUp: '备份…',
  restore: '恢复…',
  verify: '检查数据',
  backedUp: (originals: number) => `备份已保存，含 ${originals} 个原件`,
  restoreTitle: '用备份替换现在的数据？',
  restoreWhat: (name: string) => `先核对“${name}”是否完好；完好才替换。现在的数据会先备份到工作区的 backups 文件夹，可以再恢复回来。`,
  doRestore: '恢复',
  restored: (at: string, previous: string) => `已恢复到 ${at} 的备份；恢复前的数据在 backups/${previous}`,
  notes: '备份里没有的原件',
  sound: (files: number, lines: number) => `数据完好：核对了数据库、${files} 个原件、${lines} 条日志和全部差额桥`,
  faults: (n: number) => `有 ${n} 处损坏`,
};
