import type { WriteDb } from '../../db/open.ts';
import { createApp } from '../../electron/app.ts';
import type { Input, Method } from '../../electron/contract.ts';
import { createFileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';
import type { World } from '../fixtures/generate.ts';
import { text8 } from '../fixtures/money.ts';
import { enterInvoices } from './enter-invoices.ts';

/** Calls a method of the product as a window would; a refusal is a defect of the world. */
type Enter = <M extends Method>(method: M, input: Input<M>) => Promise<void>;

/** Everything that a world's person types, entered through the product's own methods into the workspace in `folder`. One line for each kind of input. */
export async function enterInputs(db: WriteDb, folder: string, world: World): Promise<void> {
  const app = createApp({ workspace: folder, resources, host: 'cli', files: createFileRegistry(), onEvent: () => undefined });
  const enter: Enter = async (method, input) => {
    const reply = await app.dispatch(method, input);
    if (!reply.ok) throw new Error(`${method} ${JSON.stringify(input)}: ${reply.error.message.en}`);
  };
  try {
    for (const [key, value] of Object.entries(world.settings ?? {})) await enter('settings.set', { key, value: [value].flat().join(';') });
    // In a row: an invoice is held against the company that the settings name.
    await enterInvoices(db, folder, world.invoices);
    for (const { amount, ...what } of world.payments)
      await enter('requests.enter', { ...what, ...(amount !== undefined && { amount: text8(amount) }) });
    for (const { month, subject, date } of world.deadlines ?? []) await enter('deadlines.set', { billingCycle: month, subject, date });
  } finally {
    await app.close();
  }
}
