import type { WriteDb } from '../../db/open.ts';

interface Opcode {
  readonly opcode: string;
  readonly p2: bigint;
  readonly p3: bigint;
}

/**
 * The same connection, and the tables of the database itself that the compiled statements run on it open, as SQLite's own EXPLAIN tells: whatever their
 * text says. Statements that write to them throw.
 */
export function explained(db: WriteDb): { readonly db: WriteDb; readonly opened: ReadonlySet<string> } {
  const roots = new Map(
    db.prepare<[], [bigint, string]>('SELECT rootpage, tbl_name FROM main.sqlite_schema WHERE rootpage > 0').raw().all() as [
      bigint,
      string,
    ][],
  );
  const opened = new Set<string>();
  const note = (sql: string): void => {
    for (const { opcode, p2, p3 } of explain(db, sql)) {
      if (p3 !== 0n || !['OpenRead', 'OpenWrite', 'ReopenIdx'].includes(opcode)) continue;
      if (opcode === 'OpenWrite') throw new Error(`a part of a run writes to the database: ${sql}`);
      // The list of tables itself, on the first page, is the same for every run.
      if (p2 !== 1n) opened.add(roots.get(p2) ?? `page ${p2}`);
    }
  };
  const traced = new Proxy(db, {
    get(target, member) {
      if (member === 'prepare')
        return (sql: string) => {
          note(sql);
          return target.prepare(sql);
        };
      if (member === 'exec')
        return (sql: string) => {
          // One by one, for each may need the TEMP table that the one before made.
          for (const one of sql.split(';').filter((text) => text.trim() !== '')) {
            note(one);
            target.exec(one);
          }
          return target;
        };
      const value: unknown = Reflect.get(target, member);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { db: traced, opened };
}

/** With nothing bound to its parameters, of which EXPLAIN asks the right number all the same. */
function explain(db: WriteDb, sql: string): Opcode[] {
  const statement = db.prepare<unknown[], Opcode>(`EXPLAIN ${sql}`);
  const names = Object.fromEntries([...sql.matchAll(/[:@$](\w+)/g)].map(([, name]) => [name, null]));
  const named = Object.keys(names).length > 0 ? [names] : [];
  for (let count = 0; count <= (sql.match(/\?/g)?.length ?? 0); count++) {
    try {
      return statement.all(...Array<null>(count).fill(null), ...named);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new Error(`parameters of no number fit: ${sql}`);
}
