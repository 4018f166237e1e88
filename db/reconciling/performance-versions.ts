import type { FindingDraft } from '../../electron/core/finding.ts';
import { displayMoney } from '../../electron/core/money.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { customerIdOf } from '../customer-keys.ts';
import { scopesOfImports } from '../scope-marks.ts';
import type { Outcome, RunContext } from './context.ts';
import { outsideScopes, type Outside, type OwnedRow } from './scope.ts';
import { fillVersionRows, type VersionFile, type Versions } from './version-rows.ts';

interface Version {
  readonly sheet: bigint;
  readonly rank: bigint;
  readonly in_force: bigint;
  readonly import_id: string;
  /** JSON: the imports that the person said it replaces. */
  readonly replaces: string;
}
interface Change {
  readonly customer_key: string | null;
  readonly trade_id: string | null;
  readonly performance_id: string | null;
  readonly account_name: string | null;
  readonly product_type: string | null;
  readonly account_manager: string | null;
  readonly traded_at: string | null;
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
  const after = fillVersionRows(context, versions);
  const compared = db.prepare<[], bigint>('SELECT count(DISTINCT key) FROM temp.version_row').pluck().get()!;
  const [notBefore, notAfter] = [versions.before, after].map((files) => outsideFiles(context, files));
  const beyond = (c: Change): boolean =>
    (c.rows_before === 0n ? notBefore : c.rows_after === 0n ? notAfter : undefined)?.(ownedBy(c)) === true;
  const findings = changes(context)
    .filter((change) => !beyond(change))
    .map(draft);
  return { findings, checks: [{ code, compared: Number(compared) }] };
}

/** What stands outside these files, as the person marked them; undefined where one of them covers all. */
function outsideFiles(context: RunContext, files: readonly VersionFile[]): Outside | undefined {
  const scopes = scopesOfImports(
    context.db,
    'performance',
    files.map((file) => file.importId),
  );
  return scopes && outsideScopes(context, scopes);
}

const ownedBy = (c: Change): OwnedRow => ({
  customerKey: c.customer_key ?? '',
  accountName: c.account_name,
  manager: c.account_manager,
  at: c.traded_at,
});

/**
 * The files of the version in force and of the one before it: the state before, else what files of its own state replaced. An estimate (预估) is still
 * growing and no version to hold against.
 */
function versionsOf({ db, cycle }: RunContext): Versions | undefined {
  const sheets = db
    .prepare<[string], Version>(
      `SELECT s.id AS sheet, c.in_force AS in_force, i.import_id AS import_id, coalesce(json_extract(i.answers, '$.replaces'), '[]') AS replaces,
              CASE coalesce(c.status, s.status) WHEN 'estimated' THEN 1 WHEN 'draft' THEN 2 WHEN 'publicNotice' THEN 3 WHEN 'final' THEN 4 ELSE 0 END AS rank
         FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE s.kind = 'performance' AND c.cycle = ? AND i.undone_at IS NULL
        ORDER BY rank DESC, coalesce(i.exported_at, '') DESC, import_id, s.position`,
    )
    .all(cycle);
  const top = sheets.find((s) => s.in_force === 1n)?.rank;
  if (top === undefined || top === 1n) return undefined;
  // Where it is not known what state a file in force is of, it is a part of the month and no state before.
  const others = sheets.filter((s) => s.rank !== top && s.rank !== 1n && (s.rank > 0n || s.in_force === 0n));
  const lower = others.find((s) => s.rank < top || top === 0n)?.rank;
  const older = sheets.filter((s) => (lower === undefined ? s.rank === top && s.in_force === 0n : s.rank === lower && others.includes(s)));
  const replaced = new Set(older.flatMap((s) => JSON.parse(s.replaces) as string[]));
  const before = filesOf(older.filter((s) => !replaced.has(s.import_id)));
  const after = filesOf(sheets.filter((s) => s.rank === top && s.in_force === 1n));
  return before.length > 0 && after.length > 0 ? { before, after, part: lower === undefined } : undefined;
}

const filesOf = (sheets: readonly Version[]): VersionFile[] =>
  [...Map.groupBy(sheets, (s) => s.import_id)].map(([importId, own]) => ({ importId, sheets: own.map((s) => s.sheet) }));

function changes({ db }: RunContext): (Change & { readonly left: RowId[]; readonly right: RowId[] })[] {
  const rows = db
    .prepare<[], Change & { ids_before: string; ids_after: string }>(
      `WITH changed AS (
         SELECT key, sum(amount * (1 - later)) AS before, sum(amount * later) AS after, sum(1 - later) AS rows_before, sum(later) AS rows_after,
                json_group_array(id ORDER BY id) FILTER (WHERE later = 0) AS ids_before, json_group_array(id ORDER BY id) FILTER (WHERE later = 1) AS ids_after,
                coalesce(min(id) FILTER (WHERE later = 1), min(id)) AS named
           FROM temp.version_row GROUP BY key HAVING before <> after OR (rows_before = 0) <> (rows_after = 0)
       )
       SELECT p.customer_key, p.trade_id, p.performance_id, p.account_name, p.product_type, p.account_manager, p.traded_at, c.before, c.after, c.rows_before,
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
