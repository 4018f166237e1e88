import pkg from '../../package.json' with { type: 'json' };
import type { Handlers } from '../contract.ts';
import type { AppContext } from './context.ts';

export const aboutHandlers = (context: AppContext): Pick<Handlers, 'app.about'> => ({
  'app.about': () => ({
    version: pkg.version,
    workspace: context.workspace,
    host: context.host,
    sqlite: context.db.prepare('SELECT sqlite_version()').pluck().get() as string,
    node: process.versions.node,
  }),
});
