import { findingRows, getFinding, markFindings, pageFindings } from '../../db/findings.ts';
import { formatMoney } from '../core/money.ts';
import type { Handlers } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { evidenceTables } from './evidence.ts';
import { wholeRun } from './month.ts';
import { wireFinding } from './wire.ts';

export const findingHandlers = (
  context: AppContext,
): Pick<Handlers, 'findings.list' | 'findings.page' | 'findings.evidence' | 'findings.mark'> => ({
  'findings.list': ({ billingCycle, ...filter }) => wholeRun(context, billingCycle, filter),
  'findings.page': ({ billingCycle, offset, limit, sort, ...filter }) => {
    const page = pageFindings(context.db, billingCycle, filter, { offset, limit, sort });
    return {
      total: page.total,
      totalDifference: formatMoney(page.totalDifference),
      findings: page.findings.map((f) => {
        const { rows: _rows, ...rest } = wireFinding(f, []);
        return rest;
      }),
      counts: page.counts.map((c) => ({ ...c, difference: formatMoney(c.difference) })),
    };
  },
  'findings.evidence': ({ key }) => {
    const found = getFinding(context.db, key);
    if (!found) throw unknownFinding(key);
    const rows = findingRows(context.db, key);
    return {
      finding: wireFinding(found, rows),
      sides: (['left', 'right'] as const).map((side) => ({
        side,
        tables: evidenceTables(
          context.db,
          rows.filter((r) => r.side === side),
        ),
      })),
    };
  },
  'findings.mark': async ({ keys, status, note }) => {
    const missing = keys.find((key) => !getFinding(context.db, key));
    if (missing !== undefined) throw unknownFinding(missing);
    const changed = await context.write((db) => markFindings(db, keys, { status, note }, context.now()));
    context.emit('changed', { areas: ['findings', 'months'] });
    return { changed };
  },
});

const unknownFinding = (key: string): AppError =>
  new AppError('finding.unknown', { zh: `没有这条差异：${key}。请刷新后再试。`, en: `No such finding: ${key}. Refresh and try again.` });
