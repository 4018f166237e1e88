import { describe, expect, it } from 'vitest';
import { generate } from '../fixtures/generate.ts';
import type { Variant } from '../fixtures/write.ts';
import { importWorld, judge } from './harness.ts';

const variants: readonly Variant[] = [
  { format: 'xlsx', strings: 'shared', amounts: 'binary', titles: true, totals: true },
  { format: 'xlsx', strings: 'inline', amounts: 'text', synonyms: 3, times: 'serial', oneWorkbook: true },
  { format: 'csv', encoding: 'gb18030', idTab: 'before', amounts: 'thousands', totals: true },
  { format: 'zip', encoding: 'utf-8-bom', rowsPerPart: 100, idTab: 'after', times: 'utc' },
  { format: 'tar.gz', delimiter: '\t', amounts: 'currency', rowsPerPart: 70, synonyms: 5, absent: '--' },
];

describe('clean months', () => {
  it.each(variants.map((variant, seed) => ({ seed: seed + 1, variant })))(
    'seed $seed shows no dispute ($variant.format)',
    async ({ seed, variant }) => {
      const world = generate({ seed, scale: 200 });
      const workspace = await importWorld(world, variant);
      try {
        expect(world.truth).toEqual([]);
        expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
        for (const month of world.months) {
          for (const bridge of workspace.reconcile(month).bridges) {
            expect(bridge, `${month} ${bridge.pair}`).toMatchObject({ unexplained: expect.stringMatching(/^-?\d+\.\d{8}$/) });
          }
        }
      } finally {
        workspace.remove();
      }
    },
  );
});
