import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../electron/app.ts';
import type { EventPayload } from '../../electron/contract.ts';
import { createFileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';
import { openApp, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
let app: OpenedApp;
beforeAll(async () => {
  app = openApp(afterAll);
  await app.call('sample.import', {});
  await app.call('month.reconcile', { billingCycle });
});

const folder = ({ workspace }: OpenedApp): string => path.join(workspace, 'looked');
const kept = (): string[] => fs.readdirSync(folder(app));
const looks = (events: OpenedApp['events']): number =>
  events.filter(({ event, payload }) => event === 'progress' && (payload as EventPayload<'progress'>).job === 'drill').length;

/** The same workspace in another session: what its page of incentives shows, and whether a pair was run again for it. */
async function anotherSession({ workspace }: OpenedApp): Promise<{ plans: unknown; looked: boolean }> {
  const events: OpenedApp['events'] = [];
  const onEvent = (event: string, payload: unknown): void => void events.push({ event, payload });
  const again = createApp({ workspace, resources, host: 'cli', files: createFileRegistry(), onEvent });
  try {
    const reply = await again.dispatch('incentives.plans', { billingCycle });
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
    return { plans: reply.value, looked: looks(events) > 0 };
  } finally {
    await again.close();
  }
}

it('a look that is stopped says so, keeps nothing, and can be had again', async () => {
  const asked = app.refused('incentives.plans', { billingCycle });
  // Asked again without a pause: the job cannot have ended before it is told to stop, however slow the machine is.
  while (!(await app.call('jobs.cancel', {})).cancelled);
  expect((await asked).code).toBe('cancelled');
  expect(kept()).toEqual([]);
});

it('what was found is there at once: for the next question, in the next session, and as it was', async () => {
  const plans = await app.call('incentives.plans', { billingCycle });
  const once = looks(app.events);
  expect(once).toBeGreaterThan(0);
  expect(await app.call('incentives.plans', { billingCycle })).toEqual(plans);
  await app.call('incentives.customers', { billingCycle });
  expect(looks(app.events)).toBe(once);
  expect(await anotherSession(app)).toEqual({ plans, looked: false });
  expect(kept()).toHaveLength(1);
});

it('a kept file that is damaged is made anew', async () => {
  const own = openApp();
  await own.call('sample.import', {});
  await own.call('month.reconcile', { billingCycle });
  const { plans, looked } = await anotherSession(own);
  expect(looked).toBe(true);
  const [name] = fs.readdirSync(folder(own));
  const file = path.join(folder(own), name!);
  fs.writeFileSync(file, 'not a database at all, but as long as the head of one would be: '.repeat(10));
  expect(await anotherSession(own)).toEqual({ plans, looked: true });
  expect(await anotherSession(own)).toEqual({ plans, looked: false });
});

it('another run has its own sums, and takes the place of those before', async () => {
  const before = kept();
  const { shares } = await app.call('incentives.plans', { billingCycle });
  const { plan } = shares.find((s) => s.method === 'tier')!;
  await app.call('settings.set', { key: 'creditCounts', value: 'false' });
  expect((await app.refused('incentives.plans', { billingCycle })).code).toBe('not-reconciled');
  await app.call('month.reconcile', { billingCycle });
  const after = await app.call('incentives.plans', { billingCycle });
  expect(after.shares.map((s) => s.plan)).toContain(plan);
  expect(kept()).toHaveLength(1);
  expect(kept()).not.toEqual(before);
  expect((await anotherSession(app)).looked).toBe(false);
});
