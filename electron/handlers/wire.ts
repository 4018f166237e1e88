import type { ListedFinding } from '../../db/finding-pages.ts';
import type { bridgeFindings, EvidenceRow } from '../../db/findings.ts';
import type { StoredFinding } from '../core/finding.ts';
import type { Run } from '../../db/runs.ts';
import type { Bridge, SkippedBridge } from '../core/bridge.ts';
import { rowNumber } from '../core/row-id.ts';
import { reasonText } from '../core/wording/skipped.ts';
import { formatMoney } from '../core/money.ts';
import type { Output } from '../contract.ts';

type WireFinding = Output<'findings.list'>['findings'][number];
type WireBridge = Output<'month.bridges'>['bridges'][number];

/** A value for the wire, or nothing at all where it does not apply. */
const given = <K extends string>(key: K, value: string | null): { [P in K]?: string } =>
  (value === null || value === '' ? {} : { [key]: value }) as { [P in K]?: string };

export function wireFinding(f: StoredFinding, rows: readonly EvidenceRow[]): WireFinding {
  const side = (name: 'left' | 'right') =>
    rows.filter((r) => r.side === name).map((r) => ({ importId: r.importId, file: r.file, sheet: r.sheet, row: rowNumber(r.row) }));
  return {
    key: f.key,
    code: f.code,
    severity: f.severity,
    status: f.status,
    billingCycle: f.cycle,
    ...given('customerId', f.customerId),
    ...given('accountName', f.accountName),
    ...given('tradeId', f.tradeId),
    ...given('productType', f.productType),
    ...given('recordId', f.recordId),
    ...given('performanceId', f.performanceId),
    expected: formatMoney(f.expected),
    stated: formatMoney(f.stated),
    difference: formatMoney(f.difference),
    reason: { zh: f.zh, en: f.en },
    candidates: f.candidates.map(({ code, zh, en }) => ({ code, zh, en })),
    feedback: f.feedback,
    ...given('note', f.note),
    ...given('owner', f.owner),
    ...(f.resolvedByData && { resolvedByData: true }),
    rows: { left: side('left'), right: side('right') },
    ...(f.rowsOmitted > 0 && { rowsOmitted: f.rowsOmitted }),
  };
}

/** A finding as lists show it: without its rows, with what is known beside it. */
export function wireListed(f: ListedFinding): Output<'findings.page'>['findings'][number] {
  const { rows: _rows, ...rest } = wireFinding(f, []);
  return {
    ...rest,
    ...given('manager', f.manager),
    firstSeen: f.firstSeen,
    ...given('due', f.due),
    ...given('sentOn', f.sentOn),
    ...given('sentBy', f.sentBy),
    ...given('answeredOn', f.answeredOn),
    ...given('answer', f.answer),
    ...(f.recovered !== null && { recovered: formatMoney(f.recovered) }),
    ...(f.earlier.length > 0 && {
      earlier: f.earlier.map((s) => ({
        sentOn: s.sentOn,
        ...given('sentBy', s.sentBy),
        ...given('answeredOn', s.answeredOn),
        ...given('answer', s.answer),
      })),
    }),
  };
}

export function wireBridge(bridge: Bridge | SkippedBridge, findingsOf: (pair: string) => ReturnType<typeof bridgeFindings>): WireBridge {
  if ('missing' in bridge) {
    const { pair, missing, because } = bridge;
    return { pair, skipped: { missing: [...missing], ...(because !== undefined && { because: reasonText(because) }) } };
  }
  const { listed, ...found } = findingsOf(bridge.pair);
  const side = (s: Bridge['left']) => ({ name: s.name, total: formatMoney(s.total) });
  return {
    pair: bridge.pair,
    left: side(bridge.left),
    right: side(bridge.right),
    steps: bridge.steps.map((s) => ({ step: s.step, amount: formatMoney(s.amount), rows: s.rows })),
    unexplained: formatMoney(bridge.unexplained),
    unexplainedFindings: listed.map((f) => ({
      key: f.key,
      amount: formatMoney(f.amount),
      ...given('accountName', f.accountName),
      ...given('customerId', f.customerId),
      ...given('what', f.what),
    })),
    found,
  };
}

export const wireChecks = (checks: Run['checks']): Output<'month.checks'>['checks'] =>
  checks.map(({ code, compared, findings, skipped }) => ({
    code,
    compared,
    findings,
    ...(skipped !== undefined && { skipped: reasonText(skipped) }),
  }));
