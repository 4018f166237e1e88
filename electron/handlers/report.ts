import path from 'node:path';
import { closedMonth } from '../../db/closings.ts';
import { sendingsOf } from '../../db/dispute-rounds.ts';
import { listFindings, openByCode } from '../../db/findings.ts';
import { kindStates } from '../../db/status.ts';
import type { Handlers } from '../contract.ts';
import { answerQuestions } from '../core/answers.ts';
import { writeReportWorkbook } from '../exporting/report-workbook.ts';
import type { AppContext } from './context.ts';
import { currentRun, statementState } from './month.ts';

/** The month's workbook, made of the run as it stands. */
export const reportHandlers = (context: AppContext): Pick<Handlers, 'month.report'> => ({
  'month.report': async ({ billingCycle: cycle, language }) => {
    const { at, runId, bridges, checks } = currentRun(context, cycle);
    const { db } = context;
    const name = language === 'zh' ? `月度核对_${cycle}.xlsx` : `reconciliation_${cycle}.xlsx`;
    const file = path.join(context.resultsFolder, name);
    await writeReportWorkbook(file, {
      cycle,
      at,
      runId,
      language,
      closed: closedMonth(db, cycle),
      answers: answerQuestions(bridges, openByCode(db, cycle)),
      statements: kindStates(db, cycle).map((have) => ({ ...have, ...statementState(context, have, cycle) })),
      checks,
      bridges,
      findings: listFindings(db, cycle),
      sendings: sendingsOf(db, cycle),
    });
    return { token: context.files.register(file), name };
  },
});
