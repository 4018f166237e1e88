import { KeptList, pageFindings, type FindingSums } from '../../db/finding-pages.ts';
import { findingRows, getFinding, reopenedFrom } from '../../db/findings.ts';
import type { StoredFinding } from '../core/finding.ts';
import { activeMatches, keysToday } from '../../db/manual-matches.ts';
import { keyOfFinding, overlaps, pairOfCheck } from '../core/manual-match.ts';
import { formatMoney } from '../core/money.ts';
import type { Handlers, Output } from '../contract.ts';
import type { AppContext } from './context.ts';
import { evidenceTables } from './evidence.ts';
import { unknownFinding } from './match-said.ts';
import { wireMatch } from './matches.ts';
import { wholeRun } from './month.ts';
import { wireFinding, wireListed } from './wire.ts';

/** The month's findings, as a list and one by one. */
export function findingHandlers(context: AppContext): Pick<Handlers, 'findings.list' | 'findings.page' | 'findings.evidence'> {
  const kept = new KeptList<FindingSums>();
  const listed = new KeptList<undefined>();
  return {
    'findings.list': ({ billingCycle, from, most, ...filter }) =>
      wholeRun(context, billingCycle, filter, most === undefined ? undefined : { from, most }, listed),
    'findings.page': ({ billingCycle, offset, limit, sort, descending, find, ...filter }) => {
      const today = context.now().slice(0, 10);
      const page = pageFindings(context.db, billingCycle, filter, { offset, limit, sort, descending, today, find }, kept);
      return {
        today,
        carried: page.carried,
        total: page.total,
        totalDifference: formatMoney(page.totalDifference),
        findings: page.findings.map(wireListed),
        counts: page.counts.map((c) => ({ ...c, difference: formatMoney(c.difference) })),
        ...(page.at !== undefined && { at: page.at }),
      };
    },
    'findings.evidence': ({ key }) => {
      const found = getFinding(context.db, key);
      if (!found) throw unknownFinding(key);
      const rows = findingRows(context.db, key);
      const reopened = reopenedFrom(context.db, key);
      return {
        finding: wireFinding(found, rows),
        ...(reopened && { reopened: { ...reopened, difference: formatMoney(reopened.difference) } }),
        ...matchOf(context, found),
        sides: (['left', 'right'] as const).map((side) => ({
          side,
          tables: evidenceTables(
            context.db,
            rows.filter((r) => r.side === side),
          ),
        })),
      };
    },
  };
}

/** The join or split that holds the finding's key. */
function matchOf({ db }: AppContext, finding: StoredFinding): Pick<Output<'findings.evidence'>, 'match'> {
  const key = keyOfFinding(finding);
  const pair = pairOfCheck(finding.code);
  if (!key || !pair) return {};
  const match = activeMatches(db, finding.cycle, pair).find((m) => keysToday(db, m.cycle, m.pair, m.keys).some((k) => overlaps(k, key)));
  return match ? { match: wireMatch(db, match) } : {};
}
