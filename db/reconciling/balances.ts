import type { Candidate, FindingDraft } from '../../electron/core/finding.ts';
import type { LedgerEntry } from '../../electron/core/judging/balance-step.ts';
import { BalanceWalk } from '../../electron/core/judging/balance-walk.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import { sheetOf } from '../../electron/core/row-id.ts';
import { balanceReason, rowsLeftOut } from '../../electron/core/wording/account.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import type { ReadDb } from '../open.ts';
import { prepared } from '../prepared.ts';
import { ranked, rowRank } from '../row-rank.ts';
import type { CheckReport, RunContext } from './context.ts';

interface Entry extends LedgerEntry {
  readonly account: string;
  readonly flowId: string | null;
  readonly tradeId: string | null;
}

const columns = `id, account, flow_id AS flowId, trade_id AS tradeId, traded_at AS at, change_amount AS change, balance_after AS balance,
  trade_type IN ('freeze', 'unfreeze') AS frozen`;
type Raw = Omit<Entry, 'freeze'> & { readonly frozen: bigint };
const decode = ({ frozen, ...entry }: Raw): Entry => ({ ...entry, freeze: frozen === 1n });

/** account.balance-walk: within each account, every balance of the month follows from the one before. */
export function walkBalances(context: RunContext): { findings: FindingDraft[]; check: CheckReport } {
  const { db, cycle } = context;
  const code = 'account.balance-walk';
  if (!context.has('account-statement', cycle)) {
    return { findings: [], check: { code, compared: 0, skipped: missingFiles([{ kind: 'account-statement', cycle }]) } };
  }
  const rows = db.prepare<[string], Raw>(
    `SELECT ${columns} FROM account_statement WHERE cycle = ? AND in_force = 1 ORDER BY account, traded_at`,
  );
  const findings: FindingDraft[] = [];
  let compared = 0;
  let account: string | undefined;
  let walk = new BalanceWalk<Entry>();
  let second: Entry[] = [];
  const openings = openingBalances(context);
  const rank = rowRank(db);
  const flush = (): void => {
    if (second.length > 0) walk.walk(ranked(rank, second));
    second = [];
  };
  const tell = (): void => {
    for (const b of walk.breaks) findings.push(draft(db, b.entry, b.expected, b.stated));
  };
  for (const raw of rows.iterate(cycle)) {
    const entry = decode(raw);
    if (entry.balance !== null) compared += 1;
    if (entry.account !== account || entry.at !== second[0]?.at) flush();
    if (entry.account !== account) tell();
    if (entry.account !== account) walk = new BalanceWalk<Entry>(openings.get((account = entry.account)));
    second.push(entry);
  }
  flush();
  tell();
  if (compared > 0) return { findings, check: { code, compared } };
  const skipped = '收支明细没有变更后余额一列 / the account statement has no balance column';
  return { findings: [], check: { code, compared: 0, skipped } };
}

/** The balance that each account ended the month before with; a month that was not imported breaks the chain. */
export function openingBalances(context: RunContext): Map<string, bigint> {
  const openings = new Map<string, bigint>();
  const known = new Set<string>();
  for (let month = addMonths(context.cycle, -1); context.has('account-statement', month); month = addMonths(month, -1)) {
    const entries = balancesOf(context, month, 'last');
    for (const account of new Set(entries.map((e) => e.account))) {
      // The newest month with entries decides, also where it ends without a balance: what it moved is not in an older one.
      if (known.has(account)) continue;
      known.add(account);
      const walk = new BalanceWalk<Entry>();
      const last = entries.filter((e) => e.account === account);
      for (const second of last.length > 1 ? sinceOneAlone(context, month, account) : [last]) walk.walk(second);
      if (walk.balance !== undefined) openings.set(account, walk.balance);
    }
  }
  return openings;
}

/** What each account has in the first or the last second of a month that it has anything in, in file order. */
export function balancesOf({ db }: RunContext, month: BillingCycle, end: 'first' | 'last'): Entry[] {
  const entries = prepared<[string], Raw>(
    db,
    `SELECT ${columns} FROM account_statement a
      WHERE cycle = ? AND in_force = 1
        AND traded_at = (SELECT ${end === 'first' ? 'min' : 'max'}(l.traded_at) FROM account_statement l
                          WHERE l.cycle = a.cycle AND l.in_force = 1 AND l.account = a.account)`,
  );
  return ranked(rowRank(db), entries.all(month)).map(decode);
}

/**
 * An account's last seconds in a month from one on that has a single entry: the entries of the last second alone may go round, as a deduction and its
 * refund do, and then do not tell with which of them it ends.
 */
function sinceOneAlone({ db }: RunContext, month: BillingCycle, account: string): (readonly Entry[])[] {
  const entries = prepared<{ month: string; account: string }, Raw>(
    db,
    `WITH own AS (SELECT * FROM account_statement WHERE cycle = :month AND in_force = 1 AND account = :account)
     SELECT ${columns} FROM own
      WHERE traded_at >= coalesce((SELECT traded_at FROM own GROUP BY traded_at HAVING count(*) = 1 AND count(balance_after) = 1
                                    ORDER BY traded_at DESC LIMIT 1), '')
      ORDER BY traded_at`,
  ).all({ month, account });
  const rank = rowRank(db);
  return [...Map.groupBy(entries.map(decode), (entry) => entry.at).values()].map((second) => ranked(rank, second));
}

function draft(db: ReadDb, entry: Entry, expected: bigint, stated: bigint): FindingDraft {
  return {
    code: 'account.balance-walk',
    ...(stated > expected ? { severity: 'review' as const } : {}),
    businessKey: [entry.flowId ?? `${entry.account} ${entry.at}`],
    tradeId: entry.tradeId ?? undefined,
    recordId: entry.flowId ?? undefined,
    expected,
    stated,
    reason: balanceReason(entry.freeze ? 0n : entry.change, expected, stated),
    candidates: leftOut(db, entry.id),
    left: [entry.id],
    right: [],
  };
}

/** Rows of the entry's sheet that could not be read: what they moved is missing in the walk. */
function leftOut(db: ReadDb, row: bigint): Candidate[] {
  const refused = prepared<[bigint], bigint>(db, 'SELECT rows - accepted FROM sheet WHERE id = ?').pluck().get(sheetOf(row))!;
  return refused > 0n ? [rowsLeftOut(Number(refused))] : [];
}
