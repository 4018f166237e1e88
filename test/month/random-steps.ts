import { saveTypedRequest } from '../../db/requests.ts';
import { activeMatches, addMatch, undoMatch } from '../../db/manual-matches.ts';
import type { WriteDb } from '../../db/open.ts';
import { allotRepayment, flowSql } from '../../db/repayments.ts';
import { addScopeMark, undoScopeMark } from '../../db/scope-marks.ts';
import { saveSetting } from '../../db/settings.ts';
import { sortKeys } from '../../electron/core/manual-match.ts';
import { scopeKinds } from '../../electron/core/scope.ts';
import type { SettingKey } from '../../electron/core/settings.ts';
import { nowText } from '../../electron/jobs/clock.ts';
import { tryOut, type Trial } from '../../electron/jobs/preview.ts';
import { undoOneImport } from '../../electron/jobs/undo.ts';
import type { Random } from '../fixtures/random.ts';
import type { Workspace } from './harness.ts';

/** A workspace, the months of its world, and chance. */
export interface Stage {
  readonly workspace: Workspace;
  readonly files: readonly string[];
  readonly months: readonly string[];
  readonly random: Random;
}
type Step = (stage: Stage) => unknown;

const column = <T>(db: WriteDb, sql: string, ...values: unknown[]): T[] =>
  db
    .prepare<unknown[], T>(sql)
    .pluck()
    .all(...values);

const choices: readonly (readonly [SettingKey, readonly string[]])[] = [
  ['regime', ['truncatePerCharge', 'roundTotal', 'exact']],
  ['creditCounts', ['true', 'false']],
  ['writeOffCounts', ['true', 'false']],
  ['billTax', ['fromFile', 'inside', 'outside']],
  ['performanceTolerance', ['0', '0.05', '5']],
  ['managerEffective', ['nextDay', 'sameDay']],
  ['tierMethod', ['whole', 'progressive']],
  ['tierBoundary', ['atLeast', 'moreThan']],
  ['monthlySettledProducts', ['', 'CDN', 'OBS']],
  ['storedValueCardProducts', ['', 'ECS', 'RDS']],
  ['deadlineDays', ['3', '30']],
  ['paymentDays', ['5', '60']],
  ['language', ['zh', 'en']],
];

const importOne: Step = async ({ workspace, files, random }) => workspace.import([random.pick(files)]);

const undoOne: Step = ({ workspace: { db }, random }) => {
  const ids = column<string>(db, 'SELECT import_id FROM import WHERE undone_at IS NULL ORDER BY import_id');
  if (ids.length > 4) undoOneImport(db, random.pick(ids), nowText());
};

const setOne: Step = ({ workspace: { db }, random }) => {
  const [key, values] = random.pick(choices);
  saveSetting(db, key, random.pick(values), nowText());
};

const markOne: Step = ({ workspace: { db }, random }) => {
  const marks = column<bigint>(db, 'SELECT id FROM scope_mark WHERE undone_at IS NULL ORDER BY id');
  if (marks.length > 2) return undoScopeMark(db, random.pick(marks), '王', nowText());
  const kind = random.pick(scopeKinds);
  const sheets = column<string>(
    db,
    `SELECT DISTINCT i.import_id FROM sheet s JOIN import i ON i.id = s.import WHERE s.kind = ? AND i.undone_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM scope_mark m WHERE m.import_id = i.import_id AND m.kind = s.kind AND m.undone_at IS NULL) ORDER BY 1`,
    kind,
  );
  const managers = column<string>(db, 'SELECT DISTINCT account_manager FROM consumption WHERE account_manager IS NOT NULL ORDER BY 1');
  if (sheets.length === 0 || managers.length === 0) return undefined;
  return addScopeMark(db, {
    importId: random.pick(sheets),
    kind,
    managers: [random.pick(managers)],
    customers: [],
    by: '王',
    at: nowText(),
  });
};

function aMatch({ workspace: { db }, months, random }: Stage): { match: Parameters<typeof addMatch>[1] } | undefined {
  const cycle = random.pick(months);
  const pair = random.pick(['bill-consumption', 'consumption-performance', 'performance-incentive'] as const);
  const table = { 'bill-consumption': 'consumption', 'consumption-performance': 'consumption', 'performance-incentive': 'performance' }[
    pair
  ];
  const customers = column<string>(
    db,
    `SELECT customer_key FROM ${table} WHERE cycle = ? AND in_force = 1 AND trade_id IS NOT NULL GROUP BY 1 HAVING count(DISTINCT trade_id) > 1 ORDER BY 1`,
    cycle,
  );
  if (customers.length === 0) return undefined;
  const customer = random.pick(customers);
  const trades = column<string>(db, `SELECT DISTINCT trade_id FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id IS NOT NULL ORDER BY 1 LIMIT 2`, cycle, customer); // prettier-ignore
  const keys = sortKeys(trades.map((tradeId) => ({ customer, tradeId })));
  const taken = activeMatches(db, cycle, pair).some((m) => JSON.stringify(m.keys).includes(`"${customer}"`));
  return taken
    ? undefined
    : { match: { cycle, pair, action: random.pick(['join', 'split'] as const), keys, reason: '', by: '王', at: nowText() } };
}

const matchOne: Step = (stage) => {
  const { db } = stage.workspace;
  const matches = column<bigint>(db, 'SELECT id FROM manual_match WHERE undone_at IS NULL ORDER BY id');
  if (matches.length > 2) return undoMatch(db, stage.random.pick(matches), '王', nowText());
  const found = aMatch(stage);
  return found && addMatch(db, found.match);
};

const requestOne: Step = ({ workspace: { db }, months, random }) => {
  const cycle = random.pick(months);
  const bills = column<string>(db, 'SELECT DISTINCT incentive_bill_id FROM incentive WHERE incentive_bill_id IS NOT NULL ORDER BY 1');
  const incentiveBillIds = bills.length > 0 ? [random.pick(bills)] : [];
  saveTypedRequest(
    db,
    `SF${random.below(3)}`,
    cycle,
    { billingCycle: cycle, amount: BigInt(random.below(1_000_000)), incentiveBillIds },
    nowText(),
  );
};

const repayOne: Step = ({ workspace: { db }, months, random }) => {
  const flows = db
    .prepare<[], { account: string; flow: string }>(`SELECT DISTINCT a.account AS account, ${flowSql} AS flow FROM account_statement a WHERE a.in_force = 1 ORDER BY 1, 2`)
    .all(); // prettier-ignore
  if (flows.length === 0) return;
  const { account, flow } = random.pick(flows);
  allotRepayment(db, account, flow, random.chance(70) ? random.pick(months) : null, nowText());
};

const tryOne: Step = (stage) => {
  const { db } = stage.workspace;
  const [key, values] = stage.random.pick(choices);
  const trial: Trial = (stage.random.chance(50) && aMatch(stage)) || { settings: [{ key, value: stage.random.pick(values) }] };
  tryOut(trial, stage.months, { db, now: nowText });
};

/** One thing that a person does to a workspace, by chance. */
export const steps: Readonly<Record<string, Step>> = { importOne, undoOne, setOne, markOne, matchOne, requestOne, repayOne, tryOne };
