import { expect, test } from 'vitest';
import { summarySheet } from '../../electron/exporting/report-summary.ts';
import type { Row } from '../../electron/exporting/workbook.ts';

test.each([
  ['zh', '只覆盖一部分', '缺 激励明细'],
  ['en', 'cover only a part', 'Missing Incentive details'],
] as const)(
  'the summary (%s) says why a pair was not compared: what the person marked, or the file that is missing',
  (language, marked, lacking) => {
    const { rows } = summarySheet({
      cycle: '2025-09',
      at: '2025-10-09 08:00:00',
      runId: 'r',
      language,
      closed: undefined,
      answers: [],
      statements: [],
      checks: [],
      bridges: [
        { pair: 'performance-summary', missing: ['performance'], because: '只覆盖一部分 / cover only a part' },
        { pair: 'incentive-summary', missing: ['incentive'] },
      ],
      findings: [],
      sendings: [],
    });
    const cells = [...(rows as Iterable<Row>)].flatMap((row) => row.cells);
    expect(cells).toContain(marked);
    expect(cells).toContain(lacking);
  },
);
