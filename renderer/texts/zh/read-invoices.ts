/** 读取电子发票. */
export const readInvoices = {
  title: '读取电子发票',
  hint: '把 XML、OFD、PDF 或整个文件夹拖到本页；核对后才保存。',
  drop: '松开鼠标即可读取发票',
  choose: '选择文件',
  chooseFolder: '选择文件夹',
  qr: '粘贴发票二维码的文字',
  readQr: '读取',
  dismiss: '不要这张',
  save: '核对无误，保存',
  incomplete: '还缺发票类型，或不含税金额与税额（有合计和税率也可以算出）。',
  other: (source: string, value: string) => `${source} 写的是 ${value}，改用它`,
  tieTo: '用于申付单',
  untied: '暂不关联',
  untiedTitle: '还没有关联申付单的发票',
  suggested: (id: string, why: string) => `${why}，关联 ${id}`,
};
