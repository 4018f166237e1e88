import { afterMailing } from './en/after-mailing.ts';
import { backup } from './en/backup.ts';
import { closing } from './en/closing.ts';
import { app, common, cycle, jobs, nav } from './en/frame.ts';
import { data } from './en/data.ts';
import { deadlines } from './en/deadlines.ts';
import { disputes } from './en/disputes.ts';
import { findings } from './en/findings.ts';
import { imports } from './en/imports.ts';
import { incentives } from './en/incentives.ts';
import { invoices } from './en/invoices.ts';
import { match } from './en/match.ts';
import { month } from './en/month.ts';
import { ownTables } from './en/own-tables.ts';
import { reconcile } from './en/reconcile.ts';
import { scope } from './en/scope.ts';
import { settings } from './en/settings.ts';
import { trial } from './en/trial.ts';
import type { Texts } from './zh.ts';

/** The window's own words in English. */
export const en: Texts = {
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
