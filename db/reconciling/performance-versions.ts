import type { FindingDraft, RowId } from '../../electron/core/finding.ts';
import { displayMoney } from '../../electron/core/money.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { customerIdOf } from '../customer-keys.ts';
import type { Outcome, RunContext } from './context.ts';

interface Version {
  readonly sheet: bigint;
  readonly rank: bigint;
  readonly in_force: bigint;
  readonly exported_at: string;
  readonly import_id: string;
}
interface Versions {
  readonly before: readonly bigint[];
  /** Of the files in force, each as its sheets. */
  readonly after: readonly (readonly bigint[])[];
  /** It is one file of the very state that those in force have, which may be one of several parts. */
  readonly part: boolean;
}
interface Change {
  readonly customer_key: string | null;
  readonly trade_id: string | null;
  readonly performance_id: string | null;
  readonly account_name: string | null;
  readonly product_type: string | null;
  readonly before: bigint;
  readonly after: bigint;
  readonly rows_before: bigint;
  readonly rows_after: bigint;
}

/** The two newest versions of the month's performance: what a draft stated and a later version states no longer, newly or otherwise. */
export function versionOutcome(context: RunContext): Outcome {
  const code = 'performance.changed';
  const { db, cycle } = context;
  if (!context.has('performance', cycle)) {
    return { findings: [], checks: [{ code, compared: 0, skipped: missingFiles([{ kind: 'performance', cycle }]) }] };
  }
  const versions = versionsOf(context);
  if (!versions) {
    const skipped = `${cycle} 的业绩明细只有一个版本 / there is only one version of the performance of ${cycle}`;
    return { findings: [], checks: [{ code, compared: 0, skipped }] };
  }
  fillVersionRows(context, versions);
  const compared = db.prepare<[], bigint>('SELECT count(DISTINCT key) FROM temp.version_row').pluck().get()!;
  const findings = changes(context).map(draft);
  return { findings, checks: [{ code, compared: Number(compared) }] };
}

/** Sheets of the version in force and of the one before it; an estimate (预估) is still growing and no version to hold against. */
function versionsOf({ db, cycle }: RunContext): Versions | undefined {
  const sheets = db
    .prepare<[string], Version>(
      `SELECT s.id AS sheet, c.in_force AS in_force, coalesce(i.exported_at, '') AS exported_at, i.import_id AS import_id,
              CASE coalesce(c.status, s.status) WHEN 'estimated' THEN 1 WHEN 'draft' THEN 2 WHEN 'publicNotice' THEN 3 WHEN 'final' THEN 4 ELSE 0 END AS rank
         FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE s.kind = 'performance' AND c.cycle = ? AND i.undone_at IS NULL
        ORDER BY rank DESC, exported_at DESC, import_id, s.position`,
    )
    .all(cycle);
  const top = sheets[0]?.rank;
  const after = sheets.filter((s) => s.in_force === 1n && s.rank === top);
  const older = sheets.filter((s) => s.rank !== 1n && (s.rank !== top || s.in_force === 0n));
  const [first] = older;
  if (!first || after.length === 0) return undefined;
  const before = older.filter(
    (s) => s.rank === first.rank && s.exported_at === first.exported_at && (s.rank !== top || s.import_id === first.import_id),
  );
  const files = Map.groupBy(after, (s) => s.import_id);
  return { before: before.map((s) => s.sheet), after: [...files.values()].map((f) => f.map((s) => s.sheet)), part: first.rank === top };
}

const place = 16_777_216n;
const versionKey = `coalesce('#' || performance_id, customer_key || char(31) || coalesce(trade_id, '') || char(31) || coalesce(product_type, ''))`;

function fillVersionRows({ db, cycle }: RunContext, { before, after, part }: Versions): void {
  db.exec(`DROP TABLE IF EXISTS temp.version_row;
    CREATE TEMP TABLE version_row (key TEXT NOT NULL, later INTEGER NOT NULL, id INTEGER NOT NULL, amount INTEGER NOT NULL)`);
  const rows = 'FROM performance NOT INDEXED WHERE cycle = ? AND id BETWEEN ? AND ?';
  const insert = db.prepare(`INSERT INTO temp.version_row SELECT ${versionKey}, ?, id, coalesce(amount, 0) ${rows}`);
  const add = (sheets: readonly bigint[], later: bigint): void => {
    for (const sheet of sheets) insert.run(later, cycle, sheet * place, sheet * place + place - 1n);
  };
  add(before, 0n);
  if (!part || after.length < 2) return after.forEach((sheets) => add(sheets, 1n));
  db.exec(`DROP TABLE IF EXISTS temp.version_key;
    CREATE TEMP TABLE version_key (key TEXT PRIMARY KEY) WITHOUT ROWID;
    INSERT OR IGNORE INTO temp.version_key SELECT key FROM temp.version_row`);
  const all = db.prepare<[], bigint>('SELECT count(*) FROM temp.version_key').pluck().get()!;
  const select = db.prepare<[string, bigint, bigint], string>(`SELECT DISTINCT key FROM (SELECT ${versionKey} AS key ${rows})
    WHERE key IN (SELECT key FROM temp.version_key)`);
  const held = after.map(
    (sheets) => new Set(sheets.flatMap((sheet) => select.pluck().all(cycle, sheet * place, sheet * place + place - 1n))),
  );
  // The other parts of the month were there before as they are now, and say nothing of this one.
  const whole = held.some((keys) => BigInt(keys.size) === all);
  for (const [i, sheets] of after.entries()) if (whole ? BigInt(held[i]!.size) === all : held[i]!.size > 0) add(sheets, 1n);
}

function changes({ db }: RunContext): (Change & { readonly left: RowId[]; readonly right: RowId[] })[] {
  const rows = db
    .prepare<[], Change & { ids_before: string; ids_after: string }>(
      `WITH changed AS (
         SELECT key, sum(amount * (1 - later)) AS before, sum(amount * later) AS after, sum(1 - later) AS rows_before, sum(later) AS rows_after,
                json_group_array(id ORDER BY id) FILTER (WHERE later = 0) AS ids_before, json_group_array(id ORDER BY id) FILTER (WHERE later = 1) AS ids_after,
                coalesce(min(id) FILTER (WHERE later = 1), min(id)) AS named
           FROM temp.version_row GROUP BY key HAVING before <> after OR (rows_before = 0) <> (rows_after = 0)
       )
       SELECT p.customer_key, p.trade_id, p.performance_id, p.account_name, p.product_type, c.before, c.after, c.rows_before,
              c.rows_after, c.ids_before, c.ids_after
         FROM changed c JOIN performance p ON p.id = c.named ORDER BY c.key`,
    )
    .all();
  const ids = (text: string): RowId[] => (JSON.parse(text) as number[]).map(BigInt);
  return rows.map((r) => ({ ...r, left: ids(r.ids_before), right: ids(r.ids_after) }));
}

function draft(c: ReturnType<typeof changes>[number]): FindingDraft {
  const before = displayMoney(c.before);
  const after = displayMoney(c.after);
  const what =
    c.rows_after === 0n
      ? { zh: `上一版业绩 ${before}，新版中消失`, en: `The version before stated ${before}; it has vanished from the newer one` }
      : c.rows_before === 0n
        ? { zh: `上一版没有，新版新增业绩 ${after}`, en: `The version before did not have it; the newer one states ${after}` }
        : { zh: `上一版业绩 ${before}，新版为 ${after}`, en: `The version before stated ${before}, the newer one ${after}` };
  return {
    code: 'performance.changed',
    businessKey: [c.customer_key ?? '', c.trade_id ?? c.product_type ?? ''],
    customerId: customerIdOf(c.customer_key),
    accountName: c.account_name ?? undefined,
    tradeId: c.trade_id ?? undefined,
    productType: c.product_type ?? undefined,
    performanceId: c.performance_id ?? undefined,
    expected: c.before,
    stated: c.after,
    reason: { zh: `${what.zh}。`, en: `${what.en}.` },
    candidates: [],
    left: c.left,
    right: c.right,
  };
}
