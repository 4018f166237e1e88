/** Writes electron/sample: the files of the sample month, and what is in them. Run by hand when the generator changes: `node scripts/make-sample.ts`. */
import fs from 'node:fs';
import path from 'node:path';
import { sampleErrors, sampleMonth, sampleWorld, writeSample } from '../test/fixtures/sample.ts';

const folder = path.join(import.meta.dirname, '../electron/sample');
fs.rmSync(folder, { recursive: true, force: true });
const files = await writeSample(folder);

const { truth } = sampleWorld();
const rows = truth.map((t) => `- \`${t.code}\` · ${t.tradeId ?? t.productType ?? ''} · ${t.difference}`);
const readme = `# 样例月份 ${sampleMonth}

本文件夹中的公司、客户、订单、金额、折扣与返点比例**全部为虚构**，仅用于演示核账的用法；返点比例标注“示例”，不代表任何合同或政策。

All companies, customers, orders, amounts, discounts and rates in this folder are **fictitious**.

- ${sampleMonth} 为对账月份；2025-08 的文件供跨月退订、月结产品与还款使用。
- 文件格式有意混用：xlsx、csv（UTF-8、GB18030）、zip、tar.gz。
- ${sampleMonth} 中埋有 ${sampleErrors.length} 处差异，对账后应当恰好找到它们（检查 · 订单号或产品 · 差额，元）：

${rows.join('\n')}

这些文件由 \`node scripts/make-sample.ts\` 生成，同样的程序得到同样的字节。
`;
fs.writeFileSync(path.join(folder, 'README.md'), readme);
const bytes = files.reduce((n, f) => n + fs.statSync(f).size, 0);
process.stdout.write(`${files.length} files, ${bytes} bytes in electron/sample\n`);
