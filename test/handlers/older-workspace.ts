import fs from 'node:fs';
import path from 'node:path';
import { openForWriting } from '../../db/open.ts';
import { resources } from '../../electron/resources.ts';

/** Makes a workspace as the first version left it, with one setting in it; answers its database. */
export function makeOlderWorkspace(workspace: string): string {
  const first = path.join(`${workspace}-first`);
  fs.mkdirSync(first, { recursive: true });
  fs.copyFileSync(path.join(resources.migrations, '0001_first.sql'), path.join(first, '0001_first.sql'));
  const file = path.join(workspace, 'hezhang.db');
  const db = openForWriting(file, first);
  db.prepare("INSERT INTO setting (key, value, updated_at) VALUES ('sellerName', '示例数据（虚构）有限公司', '2025-08-01 09:00:00')").run();
  db.close();
  fs.rmSync(first, { recursive: true });
  return file;
}
