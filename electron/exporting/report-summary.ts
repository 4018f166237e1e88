import type { Bridge, SkippedBridge } from '../core/bridge.ts';
import { checks } from '../core/checks.ts';
import { isKind, kindNames } from '../core/kinds.ts';
import { endNames, pairName, stepName } from '../core/wording/bridges.ts';
import { reasonText } from '../core/wording/skipped.ts';
import type { MonthReport } from './report-model.ts';
import { head, words, type Word } from './report-words.ts';
import type { Cell, Row, SheetContent, Style, StyledCell } from './workbook.ts';

type Line = readonly (Cell | StyledCell)[];

/** How many columns the left half takes; the right half stands beside it after a gap. */
const leftColumns = 5;

/** The summary on one A4 page: left the four answers, the files and the checks; right the bridges with the steps that have rows. */
export function summarySheet(report: MonthReport): SheetContent {
  const left = [...answerLines(report), [], ...fileLines(report), [], ...checkLines(report)];
  const right = bridgeLines(report);
  const rows: Row[] = titleRows(report);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const mine = left[i] ?? [];
    rows.push({ cells: [...mine, ...Array.from({ length: leftColumns + 1 - mine.length }, () => undefined), ...(right[i] ?? [])] });
  }
  const columns = [30, 12, 18, 20, 32, 3, 36, 22, 10].map((width) => ({ width }));
  return { name: words.summary[report.language], columns, rows, onePage: true };
}

function titleRows({ cycle, at, runId, language, closed }: MonthReport): Row[] {
  const say = (word: Word): string => words[word][language];
  const signed = closed
    ? `${say('preparedBy')} ${closed.preparedBy}　${say('reviewedBy')} ${closed.reviewedBy}　${say('closedAt')} ${closed.at}`
    : say('notClosed');
  return [
    { cells: [`${cycle}　${say('title')}`], style: 'title' },
    { cells: [`${say('reconciledAt')} ${at}　${say('runId')} ${runId}`] },
    { cells: [signed] },
    { cells: [] },
  ];
}

const styled = (value: Cell, style: Style): StyledCell => ({ value, style });

function answerLines({ answers, language }: MonthReport): Line[] {
  return [
    head(language, 'questions', 'state', 'amount', 'against', 'openCount'),
    ...answers.map(({ question, state, amount, against, open }) => [
      words[question][language],
      words[state][language],
      amount,
      against,
      open,
    ]),
  ];
}

function fileLines({ statements, language }: MonthReport): Line[] {
  return [
    head(language, 'files', 'state', 'rows', 'total', 'exportedAt'),
    ...statements.map(({ kind, state, rows, total, exportedAt, note }) => [
      kindNames[kind][language],
      words[state][language],
      rows > 0 ? rows : undefined,
      total,
      exportedAt ?? (rows > 0 ? note?.[language] : undefined),
    ]),
  ];
}

function checkLines({ checks: reports, language }: MonthReport): Line[] {
  return [
    [...head(language, 'checks', 'compared', 'found'), styled(undefined, 'head'), ...head(language, 'code')],
    ...reports.map(({ code, compared, findings, skipped }) =>
      skipped === undefined
        ? [checks[code][language], compared, findings, undefined, code]
        : [
            checks[code][language],
            `${words.notRun[language]}${language === 'zh' ? '：' : ': '}${reasonText(skipped)[language]}`,
            undefined,
            undefined,
            code,
          ],
    ),
  ];
}

function bridgeLines({ bridges, language }: MonthReport): Line[] {
  return [head(language, 'bridges', 'amount', 'rows'), ...bridges.flatMap((bridge) => [...oneBridge(bridge, language), []])];
}

function oneBridge(bridge: Bridge | SkippedBridge, language: 'zh' | 'en'): Line[] {
  const name = styled(pairName(bridge.pair)[language], 'total');
  if (!('left' in bridge)) {
    if (bridge.because !== undefined) return [[name, reasonText(bridge.because)[language]]];
    const missing = bridge.missing.map((kind) => (isKind(kind) ? kindNames[kind][language] : kind)).join(language === 'zh' ? '、' : ', ');
    return [[name, `${words.missing[language]} ${missing}`]];
  }
  const ends = endNames(bridge);
  return [
    [name],
    [ends.left[language], bridge.left.total],
    ...bridge.steps
      .filter(({ rows, amount }) => rows > 0 || amount !== 0n)
      .map(({ step, amount, rows }) => [`　${stepName(step)[language]}`, amount, rows]),
    [`　${words.unexplained[language]}`, styled(bridge.unexplained, 'total')],
    [ends.right[language], bridge.right.total],
  ];
}
