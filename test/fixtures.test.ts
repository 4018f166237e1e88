import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { audit } from './fixtures/audit.ts';
import { auditInvoices } from './fixtures/audit-invoices.ts';
import { codeOf, codesOn, injectableCodes, isOfOdd, isOnEarners, togetherCodes, type ErrorOrder } from './fixtures/errors/inject.ts';
import { oddPlacings, type Placing } from './fixtures/errors/placing.ts';
import { generate, type TruthFinding, type World } from './fixtures/generate.ts';
import { writeTables, type Variant } from './fixtures/write.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-fixtures-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The audit's own name for what a code is about: it sees that a group differs, not which code explains it. */
function areaOf(code: string): string {
  const exact =
    /^(bill\.(total|settlement)|account\.(balance-walk|adjustment)|performance\.(manager|reseller|new-customer|summary)|incentive\.(summary|tax))$/;
  return exact.test(code) || /^(row|file|consumption|invoice|payment)\./.test(code) ? code : (code.split('.')[0] ?? code);
}

const amount = (text: string): bigint => BigInt(text.replace('.', ''));
const wanted = (truth: readonly TruthFinding[]): string[] =>
  truth.map((t) => `${areaOf(t.code)} ${t.billingCycle} ${amount(t.difference)}`).toSorted();
const seen = (world: World): string[] =>
  [...audit(world.tables, world.settings), ...auditInvoices(world)].map((g) => `${g.area} ${g.month} ${g.difference}`).toSorted();

describe('a clean world', () => {
  it.each([1, 2, 3, 4, 5, 6].flatMap((seed) => (['truncatePerCharge', 'exact'] as const).map((regime) => ({ seed, regime }))))(
    'of seed $seed ($regime) adds up everywhere',
    ({ seed, regime }) => {
      const world = generate({ seed, regime });
      expect(world.truth).toEqual([]);
      expect(seen(world)).toEqual([]);
    },
  );

  it.each([{ regime: 'exact' as const }, {}, { taxInside: true }])('with tax on the bill adds up: %o', (options) => {
    const world = generate({ seed: 6, taxRate: 600, ...options });
    const header = world.tables.find((t) => t.kind === 'partner-bill')?.header;
    expect([header?.includes('销项税'), header?.includes('应还金额')]).toEqual([true, !options.taxInside]);
    expect(seen(world)).toEqual([]);
  });

  it('deducts what the bill owes, in whole cents, where asked to', () => {
    const world = generate({ seed: 6, deductions: 'due' });
    const areas = new Set(audit(world.tables, world.settings).map((g) => g.area));
    expect(areas).toEqual(new Set(['account']));
  });

  it('has what makes months hard', () => {
    const world = generate({ seed: 3 });
    const column = (kind: string, header: string): string[] =>
      world.tables
        .filter((t) => t.kind === kind)
        .flatMap((t) => t.rows.map((r) => JSON.stringify(r[t.header.indexOf(header)], (_, v: unknown) => String(v))));
    const consumption = world.tables
      .filter((t) => t.kind === 'consumption')
      .flatMap((t) => t.rows.map((r) => r[t.header.indexOf('账单类型')]));
    expect(new Set(consumption)).toEqual(
      new Set([
        '消费-新购',
        '消费-续订',
        '消费-自动续订',
        '消费-变更',
        '消费-使用',
        '消费-抹零补扣',
        '退款-退订',
        '退款-变更',
        '调账-补偿',
      ]),
    );
    expect(new Set(column('account-statement', '交易类型')).size).toBe(8);
    const trades = column('consumption', '订单号/交易号');
    expect(new Set(trades).size).toBeLessThan(trades.length);
  });
});

describe('an injected error', () => {
  // These two are about a second file of the same month, which the audit would add to the first.
  const doubled = ['file.overlap-conflict', 'performance.changed'];
  // These show only by what is typed, or by when a file was exported: the tables themselves add up.
  const typed = ['account.bill-without-deduction', 'incentive.frozen', 'incentive.deadline'];
  // Nobody consumed what the bill and the account have: to the audit both are too high.
  const both = ['bill.line-without-consumption/deducted'];
  /** These are two faults of one order. */
  const beside: Readonly<Record<string, readonly string[]>> = {
    'bill.settlement/beside-amount': ['bill.amount'],
    'bill.duplicate/beside-settlement': ['bill.settlement'],
  };
  /** Charges without order number are to the audit one order of their customer. */
  const isLoose = (code: string): boolean => code.includes('/loose');
  const codes = injectableCodes.filter((code) => ![...doubled, ...typed, ...both].includes(code) && !isLoose(code) && !isOnEarners(code));
  const placed = (placings: readonly Placing[]) =>
    placings.flatMap((onSpecial) =>
      codesOn(onSpecial)
        .filter((code) => codes.includes(code))
        .map((code) => ({ code, onSpecial })),
    );
  const onAny = codes.map((code) => ({ code, onSpecial: 'any' as const }));
  const cases = [...onAny.filter(({ code }) => !isOfOdd(code)), ...placed(['refund', 'monthEdge'])];

  it.each(cases)('$code on $onSpecial is the only thing wrong, by exactly its amount', ({ code, onSpecial }) => {
    const world = generate({ seed: 7, scale: 200, certain: 2, onSpecial, errors: [{ code, month: '2025-08' }] });
    expect(new Set(world.truth.map((t) => t.code))).toEqual(new Set([codeOf(code), ...(beside[code] ?? [])]));
    for (const t of world.truth) expect(amount(t.stated) - amount(t.expected)).toBe(amount(t.difference));
    expect(seen(world)).toEqual(wanted(world.truth));
  });

  /** The audit knows nothing of odd orders; what it sees of them in the clean world too cancels out. */
  const sums = (lines: readonly string[], sign: bigint, into = new Map<string, bigint>()): Map<string, bigint> => {
    for (const line of lines) {
      const [area, month, difference] = line.split(' ') as [string, string, string];
      into.set(`${area} ${month}`, (into.get(`${area} ${month}`) ?? 0n) + sign * BigInt(difference));
    }
    return into;
  };
  const withOdd = (onSpecial: Placing, odd: number, errors: readonly ErrorOrder[] = []): World =>
    generate({ seed: 7, scale: 100, certain: 2, variety: { odd, bills: 2 }, apart: true, onSpecial, errors: [...errors] });
  /** Few orders of each odd sort; many where a fault finds none that fits among few. */
  function amongOdd(onSpecial: Placing, code: string): { world: World; before: readonly string[] } {
    for (const odd of [5, 20, 40]) {
      try {
        const world = withOdd(onSpecial, odd, [{ code, month: '2025-08' }]);
        const key = `${onSpecial} ${odd}`;
        const before = clean.get(key) ?? seen(withOdd(onSpecial, odd));
        clean.set(key, before);
        return { world, before };
      } catch (error) {
        if (odd === 40 || !(error as Error).message.startsWith('no candidate')) throw error;
      }
    }
    throw new Error('unreachable');
  }
  const clean = new Map<string, readonly string[]>();
  /**
   * What is left to the next month of an order without lines in its own the audit takes for all of it; all of a number in the month of its last entry. It
   * knows no sums of a day.
   */
  const blind = [
    'bill.consumption-without-line split',
    'bill.cycle split',
    'account.deducted-twice/over-months shared',
    'account.deduction-without-bill/day any',
  ];
  /** An edge it takes for one whatever is billed there. */
  const loose = injectableCodes
    .filter((code) => isLoose(code) && !code.endsWith('edge'))
    .map((code) => ({ code, onSpecial: 'any' as const }));

  it.each(
    [...onAny.filter(({ code }) => isOfOdd(code)), ...placed(oddPlacings), ...loose].filter(
      (c) => !blind.includes(`${c.code} ${c.onSpecial}`),
    ),
  )('$code on $onSpecial is all that is wrong in its month', ({ code, onSpecial }) => {
    const { world, before } = amongOdd(onSpecial, code);
    expect(new Set(world.truth.map((t) => t.code))).toEqual(new Set([codeOf(code)]));
    const left = sums(wanted(world.truth), -1n, sums(before, -1n, sums(seen(world), 1n)));
    expect([...left].filter(([, difference]) => difference !== 0n)).toEqual([]);
  });

  it('lies on the sort of order that was asked for', () => {
    for (const placing of oddPlacings) {
      const world = withOdd(placing, 20, [{ code: 'row.list-price', month: '2025-08' }]);
      const [{ tradeId, customerId }] = world.truth as [TruthFinding];
      const cells = (kind: string) =>
        world.tables
          .filter((t) => t.kind === kind)
          .flatMap((t) => t.rows.map((r) => Object.fromEntries(t.header.map((h, i) => [h, typeof r[i] === 'string' ? r[i] : '']))));
      const [trade, of] = ['订单号/交易号', (c: Record<string, string>): boolean => c['订单号/交易号'] === tradeId];
      const rows = cells('consumption').filter(of);
      const is: Record<(typeof oddPlacings)[number], boolean> = {
        changed: cells('manager-history').filter((c) => c['客户ID'] === customerId).length === 2,
        subs: new Set(rows.map((c) => c['产品类型'])).size > 1,
        split: rows.length === 3,
        combined: cells('partner-bill').some((c) => c[trade] === rows[0]!['原订单号']) && !cells('partner-bill').some(of),
        shared: new Set(rows.map((c) => c['客户ID'])).size === 2,
      };
      expect([placing, is[placing]]).toEqual([placing, true]);
    }
  });

  it('stands beside all others without touching them', () => {
    const plain = togetherCodes(0).filter((code) => codes.includes(code) && !isOfOdd(code));
    const errors = plain.map((code) => ({ code, month: '2025-08' }));
    const world = generate({ seed: 5, scale: 800, errors });
    const audited = [...audit(world.tables, world.settings), ...auditInvoices(world)];
    expect(new Set(world.truth.map((t) => t.code))).toEqual(new Set(plain.map(codeOf)));
    expect(audited.map((g) => `${g.area} ${g.month} ${g.difference}`).toSorted()).toEqual(wanted(world.truth));
  });

  it('that only what is typed or an export time shows leaves the tables as clean as they were', () => {
    for (const seed of [5, 6]) {
      const world = generate({ seed, scale: 200, errors: typed.map((code) => ({ code, month: '2025-08', count: 2 })) });
      const counts = Map.groupBy(world.truth, (t) => t.code);
      expect(new Map([...counts].map(([code, list]) => [code, list.length]))).toEqual(
        new Map([...typed.map((code) => [code, 2] as const), ['incentive.amount', 1]]),
      );
      expect(seen(world)).toEqual(wanted(world.truth.filter((t) => t.code === 'incentive.amount')));
      expect(world.settings?.['billDueDate']).toBe('20');
      expect(world.deadlines).toMatchObject([{ month: '2025-08', subject: 'incentive-notice', date: '2025-09-20' }, { month: '2025-08' }]);
      const ledger = world.tables
        .filter((t) => t.kind === 'account-statement')
        .flatMap((t) => t.rows.map((r) => r[t.header.indexOf('订单号')]));
      const unpaid = world.truth.filter((t) => t.code === 'account.bill-without-deduction');
      expect(unpaid.map((t) => ledger.includes(t.tradeId))).toEqual([false, false]);
    }
  });

  it.each(doubled)('%s adds an older file that differs in one cell', (code) => {
    const clean = generate({ seed: 6 }).tables;
    const { tables, truth } = generate({ seed: 6, errors: [{ code, month: '2025-08' }] });
    const kind = code.startsWith('performance') ? 'performance' : 'consumption';
    const of = (list: typeof tables): string[] =>
      list
        .filter((t) => t.kind === kind && t.billingCycle === '2025-08')
        .flatMap((t) => t.rows)
        .flatMap((row) => row.map((v) => JSON.stringify(v, (_, n: unknown) => (typeof n === 'bigint' ? n.toString() : n))));
    const known = new Set(of(clean));
    const strange = of(tables).filter((v) => !known.has(v));
    expect(truth).toHaveLength(1);
    const odd = code.startsWith('performance') ? truth[0]?.expected : truth[0]?.stated;
    expect(strange).toEqual([`{"amount":"${amount(odd ?? '')}"}`]);
  });

  it('favours or harms the partner, and is called so', () => {
    const world = generate({ seed: 4, errors: [{ code: 'bill.amount', month: '2025-08', count: 2 }] });
    expect(world.truth.map((t) => [t.severity, t.difference.startsWith('-')])).toEqual([
      ['dispute', false],
      ['review', true],
    ]);
  });

  it('is refused when its code or month is unknown', () => {
    expect(() => generate({ seed: 1, errors: [{ code: 'bill.nothing', month: '2025-08' }] })).toThrow('bill.nothing');
    expect(() => generate({ seed: 1, errors: [{ code: 'bill.amount', month: '2031-01' }] })).toThrow('2031-01');
  });
});

describe('written files', () => {
  const variants: Variant[] = [
    { format: 'xlsx', strings: 'shared', amounts: 'binary', totals: true, titles: true, times: 'serial', rowsPerPart: 40 },
    { format: 'xlsx', strings: 'inline', amounts: 'text', synonyms: 5, units: true, oneWorkbook: true },
    { format: 'csv', encoding: 'gb18030', idTab: 'before', synonyms: 2, totals: true, titles: true, absent: '--' },
    { format: 'zip', encoding: 'utf-8-bom', rowsPerPart: 30, idTab: 'after', amounts: 'thousands' },
    { format: 'tar.gz', delimiter: '\t', rowsPerPart: 30, times: 'gmt' },
  ];

  it.each(variants.map((variant, i) => ({ variant, i })))(
    'are the same bytes for the same seed ($variant.format $i)',
    async ({ variant, i }) => {
      const write = async (name: string): Promise<Buffer[]> => {
        const { tables } = generate({ seed: 9, scale: 60, months: 2 });
        const files = await writeTables(path.join(folder, `${name}${i}`), tables, variant);
        return files.map((f) => fs.readFileSync(f));
      };
      const [first, second] = [await write('a'), await write('b')];
      expect(first.length).toBeGreaterThan(10);
      expect(first.every((bytes, n) => bytes.equals(second[n] ?? Buffer.alloc(0)))).toBe(true);
    },
  );

  it('differ for another seed', () => {
    const key = (seed: number): unknown => generate({ seed, scale: 60 }).tables[0]?.rows[0]?.[1];
    expect(key(1)).not.toBe(key(2));
  });

  it('of csv in GB18030 decode to the table', async () => {
    const { tables } = generate({ seed: 2, scale: 60, months: 1 });
    const bill = tables.filter((t) => t.kind === 'partner-bill');
    const [file = ''] = await writeTables(path.join(folder, 'gb'), bill, { format: 'csv', encoding: 'gb18030', newline: '\n' });
    const lines = new TextDecoder('gb18030', { fatal: true }).decode(fs.readFileSync(file)).trimEnd().split('\n');
    expect(lines[0]?.split(',')).toEqual(bill[0]?.header);
    expect(lines).toHaveLength((bill[0]?.rows.length ?? 0) + 1);
  });
});
