import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openApp, requestFile, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';

async function reconciled(): Promise<OpenedApp> {
  const app = openApp();
  await app.import('2025-09.csv', requestFile(billingCycle, '106.00'));
  await app.call('month.reconcile', { billingCycle });
  return app;
}

/** Changes the database behind the app's back. */
function tamper(app: OpenedApp, ...sql: string[]): void {
  const db = new Database(path.join(app.workspace, 'hezhang.db'));
  for (const one of sql) db.exec(one);
  db.close();
}

const damages: [what: string, sql: string, code: string, names: RegExp][] = [
  ['a journal line that is gone', 'DELETE FROM journal WHERE id = 1', 'journal.fault', /line 1/],
  ['a journal line that cannot be read', "UPDATE journal SET detail = '{' WHERE id = 2", 'journal.fault', /line 2/],
  ['an import without its line', "UPDATE journal SET action = 'other' WHERE action = 'import.commit'", 'journal.fault', /import\.commit/],
  ['a run without its line', "UPDATE journal SET action = 'other' WHERE action = 'reconcile'", 'journal.fault', /reconcile/],
  [
    'a bridge that does not close',
    `UPDATE run SET bridges = replace(bridges, '"total":"10600000000n"', '"total":"10600000001n"')`,
    'bridge.not-closed',
    /2025-09 request-invoices/,
  ],
  [
    'a finding in a bridge that explains it all',
    `INSERT INTO finding (key, cycle, code, severity, status, position, expected, stated, difference, zh, en, feedback, candidates, bridge, bridge_amount, first_seen, updated_at)
     VALUES ('x', '2025-09', 'invoice.sum', 'fix', 'open', 0, 0, 1, 1, '', '', '', '[]', 'request-invoices', 1, '', '')`,
    'bridge.not-closed',
    /its findings sum to 1/,
  ],
];

it.each(damages)('verify finds %s', async (_what, sql, code, names) => {
  const app = await reconciled();
  expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true, faults: [] });
  tamper(app, sql);
  const { ok, faults } = await app.call('workspace.verify', {});
  expect(ok).toBe(false);
  expect(faults.map((fault) => fault.code)).toContain(code);
  expect(faults.map(({ text }) => text.zh).join()).toMatch(names);
  expect(faults.map(({ text }) => text.en).join()).toMatch(names);
});

it('verify counts what it looked at', async () => {
  const app = await reconciled();
  const { checked } = await app.call('workspace.verify', {});
  expect(checked).toEqual({ database: checked.database, files: fs.readdirSync(path.join(app.workspace, 'files')).length, journal: 2 });
});
