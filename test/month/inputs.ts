import { listImports, type ImportRecord } from '../../db/imports.ts';
import type { WriteDb } from '../../db/open.ts';
import { contract, type Decoded, type Input } from '../../electron/contract.ts';
import { afterMailingHandlers } from '../../electron/handlers/after-mailing.ts';
import { deadlineHandlers } from '../../electron/handlers/deadlines.ts';
import { scopeHandlers } from '../../electron/handlers/scopes.ts';
import { settingHandlers } from '../../electron/handlers/settings.ts';
import type { World } from '../fixtures/generate.ts';
import { text8 } from '../fixtures/money.ts';
import { contextOn, enterInvoices, type ReadInvoices } from './enter-invoices.ts';

const clock = { now: '2026-01-10 09:00:00' };

/**
 * Everything that a world's person types, entered through the product's own methods; a refusal is a defect of the world. One line for each kind of
 * input. `reading`: how invoice files are read, where not as the window does it.
 */
export async function enterInputs(db: WriteDb, folder: string, world: World, reading?: ReadInvoices): Promise<void> {
  const context = contextOn(db, folder, clock);
  const methods = {
    ...settingHandlers(context),
    ...afterMailingHandlers(context),
    ...deadlineHandlers(context),
    ...scopeHandlers(context),
  };
  type Typed = 'settings.set' | 'requests.enter' | 'deadlines.set' | 'scopes.mark';
  const enter = async <M extends Typed>(method: M, input: Input<M>): Promise<void> => {
    await (methods[method] as (given: Decoded<M>) => unknown)(contract[method].input.parse(input) as Decoded<M>);
  };
  for (const [key, value] of Object.entries(world.settings ?? {})) await enter('settings.set', { key, value: [value].flat().join(';') });
  // In a row: an invoice is held against the company that the settings name.
  await enterInvoices(db, folder, world.invoices, reading);
  for (const { amount, ...what } of world.payments)
    await enter('requests.enter', { ...what, ...(amount !== undefined && { amount: text8(amount) }) });
  for (const { month, kind, managers } of world.marks ?? []) {
    const holds = ({ undone, kinds, billingCycles }: ImportRecord): boolean =>
      !undone && kinds.includes(kind) && billingCycles.includes(month);
    for (const { importId } of listImports(db).filter(holds)) await enter('scopes.mark', { importId, kind, managers });
  }
  for (const { month, subject, date } of world.deadlines ?? []) await enter('deadlines.set', { billingCycle: month, subject, date });
}
