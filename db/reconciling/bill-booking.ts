import type { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type { Candidate, FindingDraft, Text } from '../../electron/core/finding.ts';
import { severalOf, type BillSums, type BillVerdict } from '../../electron/core/judging/bill-group.ts';
import type { MatchKey } from '../../electron/core/manual-match.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import type { Settings } from '../../electron/core/settings.ts';
import { withJoined } from '../../electron/core/wording/manual-match.ts';
import type { Level } from '../../electron/core/wording/bill.ts';
import type { BillGroup } from './bill-groups.ts';
import type { BillOrigins } from './bill-origins.ts';
import type { BillRow, ConsumptionRow } from './bill-rows.ts';
import type { BillScope } from './bill-scope.ts';

export type BillBridge = BridgeBuilder<'bill-consumption'>;

/** A group or cell that is about to be concluded, with its rows. */
export interface Subject {
  readonly customerKey: string;
  readonly tradeId: string | null;
  readonly sums: BillSums;
  readonly referralRows: number;
  readonly lines: readonly BillRow[];
  readonly rows: readonly ConsumptionRow[];
  readonly level: Level;
  /** The month before, where consumption at its end is among the rows, or (`only`) is all of them. */
  readonly usedIn?: { readonly cycle: string; readonly only: boolean };
  /** What may explain it: a statement that is not imported, or that it is part of a combined order. Until that is known it is only to be looked at. */
  readonly doubt?: Candidate | undefined;
  /** What a person joined in it. */
  readonly joined?: readonly MatchKey[];
}

/** What a finding says beside the names and rows of its subject. */
export interface Claim {
  readonly code: 'bill.amount' | 'bill.duplicate' | 'bill.line-without-consumption' | 'bill.consumption-without-line' | 'bill.cycle' | 'bill.settlement' | 'row.payment-parts'; // prettier-ignore
  readonly expected: bigint;
  readonly stated: bigint;
  /** Its place in the bridge, with the bridge's sign. */
  readonly unexplained: bigint;
  readonly reason: Text;
  readonly candidates?: FindingDraft['candidates'];
  readonly rowsElsewhere?: readonly RowId[];
}

/** Adds what the lines and rows of a group have in them beside their amounts. */
export function bookComponents(bridge: BillBridge, g: BillGroup, origins: BillOrigins): void {
  if (g.coupon !== 0n || g.couponLines > 0n) {
    bridge.step('partner-coupon', g.coupon, g.couponLines, () => origins.component(g, g.couponLines, 'coupon_amount'));
  }
  if (g.tax !== 0n || g.taxLines > 0n) bridge.step('tax', -g.tax, g.taxLines, () => origins.component(g, g.taxLines, 'tax_amount'));
  if (g.referralRows > 0n) bridge.step('referral', g.referralDue, g.referralRows, () => origins.referral(g));
}

/** Adds the discount of a group's lines, where none of them contradicts itself. */
export function bookDiscount(bridge: BillBridge, g: BillGroup, origins: BillOrigins): void {
  if (g.flawedLines > 0n || g.lines === 0n) return;
  const discount = g.customer - g.lineDue - g.coupon + g.tax;
  if (discount !== 0n) bridge.step('settlement-discount', discount, g.lines, () => origins.component(g, g.lines));
}

/** Books a group whose remainder is explained; false where the verdict is still open. */
export function bookExplained(bridge: BillBridge, sums: BillSums, verdict: BillVerdict, origin: () => BridgeOrigin): boolean {
  const remainder = sums.due - sums.customer;
  const rows = sums.lines + sums.rows;
  if (verdict === 'agreed') bridge.step('agreed', 0n, rows, origin);
  else if (verdict === 'truncation') bridge.step('truncation', remainder, rows, origin);
  // What was truncated is not known: that only its bound was held is said (rules §2).
  else if (verdict === 'truncation-bound') bridge.step('truncation', remainder, rows, () => ({ ...origin(), level: 'bound' }));
  else if (verdict === 'adjustment') bridge.step('adjustment', remainder, rows, origin);
  else if (verdict === 'precision') bridge.step('precision-adjustment', remainder, rows, origin);
  else if (verdict === 'several') bookSeveral(bridge, sums, origin);
  else return false;
  return true;
}

/** What the other side lacks leaves by its own step; the group's rows end where the rest does. What is exact is found first, whatever the regime. */
function bookSeveral(bridge: BillBridge, sums: BillSums, origin: () => BridgeOrigin): void {
  const { adjustment, precision, rest } = severalOf(sums, 'truncatePerCharge')!;
  const only = (of: 'left' | 'right'): BridgeOrigin => {
    const whole = origin();
    return {
      ...whole,
      [of === 'left' ? 'rightRows' : 'leftRows']: 0,
      evidence: whole.evidence.filter(({ side }) => side === of),
      beside: true,
    };
  };
  if (adjustment !== 0n) bridge.step('adjustment', -adjustment, sums.lines, () => only('left'));
  if (precision !== 0n) bridge.step('precision-adjustment', precision, sums.rows, () => only('right'));
  bookExplained(bridge, { ...sums, customer: sums.customer - adjustment, due: sums.due - precision }, rest, origin);
}

/** Collects findings and adds their amounts to the bridge in the same breath. */
export class BillBooking {
  readonly bridge: BillBridge;
  readonly findings: FindingDraft[] = [];

  readonly regime: Settings['regime'];
  readonly scope: BillScope | undefined;

  /** Without `scope` both statements are taken to cover everything. */
  constructor(bridge: BillBridge, regime: Settings['regime'], scope?: BillScope) {
    this.bridge = bridge;
    this.regime = regime;
    this.scope = scope;
  }
  claim(subject: Subject, claim: Claim): void {
    const doubt = claim.code === 'bill.amount' || subject.doubt?.code === 'combined-order' ? subject.doubt : undefined;
    this.bridge.unexplained(claim.unexplained);
    this.findings.push({
      code: claim.code,
      ...(doubt ? { severity: 'review' as const } : favour(claim)),
      ...naming(subject),
      expected: claim.expected,
      stated: claim.stated,
      reason: subject.joined ? withJoined(claim.reason, subject.joined) : claim.reason,
      candidates: [...(doubt ? [doubt] : []), ...(claim.candidates ?? [])],
      left: subject.lines.map((l) => l.id),
      right: [...subject.rows.map((r) => r.id), ...(claim.rowsElsewhere ?? [])],
      bridge: { pair: 'bill-consumption', amount: claim.unexplained },
    });
  }
}

/** A bill that asks for less than it could is only to be looked at. */
const favour = (claim: Claim): { severity?: 'review' } => (claim.stated < claim.expected ? { severity: 'review' } : {});

/** Key and names: customer | trade id, else customer | product | mode | class; a name only where all rows share it. */
export function naming(
  s: Pick<Subject, 'customerKey' | 'tradeId' | 'lines' | 'rows'>,
): Pick<FindingDraft, 'businessKey' | 'customerId' | 'accountName' | 'tradeId' | 'productType'> {
  const all = [...s.lines, ...s.rows];
  const only = (pick: (row: BillRow | ConsumptionRow) => string | null): string | undefined => {
    const values = new Set(all.map(pick));
    return values.size === 1 ? ([...values][0] ?? undefined) : undefined;
  };
  const product = only((r) => r.product);
  const accountName = all.map((r) => r.accountName).filter((n) => n !== null).sort()[0]; // prettier-ignore
  return {
    businessKey:
      s.tradeId === null
        ? [s.customerKey, product ?? '', only((r) => r.mode) ?? '', only((r) => r.billClass) ?? '']
        : [s.customerKey, s.tradeId],
    customerId: s.customerKey.startsWith('@') ? undefined : s.customerKey,
    accountName: accountName ?? undefined,
    tradeId: s.tradeId ?? undefined,
    productType: product,
  };
}
