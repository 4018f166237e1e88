import { kinds, monthlyKinds, type Kind } from '../electron/core/kinds.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import type { ReadDb } from './open.ts';
import { statementTotal } from './statement-total.ts';

/** What the month has of one kind: rows in force, their headline sum, and when and in which state they were exported. */
export interface KindState {
  readonly kind: Kind;
  readonly imports: readonly string[];
  readonly rows: number;
  readonly total: bigint | undefined;
  /** Earliest export time of the files in force; undefined where one of them does not say. */
  readonly exportedAt: string | undefined;
  /** The lowest status among the sheets in force (estimated, draft …), where they say one. */
  readonly status: string | undefined;
}

const statusRank = ['estimated', 'draft', 'awaitingConfirmation', 'publicNotice', 'issuing', 'final', 'issued'];

const byText = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);

/** The state of every kind for a month; the user's own tables (cycle '') are looked up without a month. */
export function kindStates(db: ReadDb, cycle: BillingCycle): KindState[] {
  const sheets = db
    .prepare<[string], { kind: Kind; importId: string; exportedAt: string | null; status: string | null }>(
      `SELECT DISTINCT s.kind AS kind, i.import_id AS importId, i.exported_at AS exportedAt, coalesce(c.status, s.status) AS status
       FROM sheet_cycle c
       JOIN sheet s ON s.id = c.sheet
       JOIN import i ON i.id = s.import
      WHERE i.undone_at IS NULL AND c.in_force = 1 AND c.cycle IN (?, '')
      ORDER BY i.import_id`,
    )
    .all(cycle);
  return kinds.map((kind) => {
    const mine = sheets.filter((s) => s.kind === kind);
    if (mine.length === 0) return { kind, imports: [], rows: 0, total: undefined, exportedAt: undefined, status: undefined };
    const { rows, total } = statementTotal(db, kind, (monthlyKinds as readonly Kind[]).includes(kind) ? cycle : '');
    const times = mine.map((s) => s.exportedAt);
    const statuses = mine.flatMap((s) => (s.status === null ? [] : [s.status]));
    return {
      kind,
      imports: [...new Set(mine.map((s) => s.importId))],
      rows: Number(rows),
      total: total ?? undefined,
      exportedAt: times.includes(null) ? undefined : times.toSorted(byText)[0]!,
      status: statuses.sort((a, b) => statusRank.indexOf(a) - statusRank.indexOf(b))[0],
    };
  });
}
