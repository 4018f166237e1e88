import { afterMailing } from './zh/after-mailing.ts';
import { backup } from './zh/backup.ts';
import { closing } from './zh/closing.ts';
import { app, common, cycle, jobs, nav } from './zh/frame.ts';
import { data } from './zh/data.ts';
import { deadlines } from './zh/deadlines.ts';
import { disputes } from './zh/disputes.ts';
import { findings } from './zh/findings.ts';
import { imports } from './zh/imports.ts';
import { incentives } from './zh/incentives.ts';
import { invoices } from './zh/invoices.ts';
import { match } from './zh/match.ts';
import { month } from './zh/month.ts';
import { ownTables } from './zh/own-tables.ts';
import { reconcile } from './zh/reconcile.ts';
import { scope } from './zh/scope.ts';
import { settings } from './zh/settings.ts';
import { trial } from './zh/trial.ts';

/** The window's own words in Chinese, the portal's terms where it has one. Names of checks and kinds come from the core. */
export const zh = {
  afterMailing,
  app,
  nav,
  common,
  cycle,
  jobs,
  month,
  imports,
  reconcile,
  findings,
  disputes,
  incentives,
  invoices,
  data,
  settings,
  ownTables,
  closing,
  deadlines,
  backup,
  trial,
  match,
  scope,
};
/** Every language has exactly these words (a missing or an extra one does not compile). */
export type Texts = typeof zh;
