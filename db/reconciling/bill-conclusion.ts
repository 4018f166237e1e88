import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type { Candidate } from '../../electron/core/finding.ts';
import { addSums, judgeBillGroup, surplusCopies, type BillVerdict } from '../../electron/core/judging/bill-group.ts';
import type { BillFlaw } from '../../electron/core/judging/bill-flaw.ts';
import { customerOf, settleLine, settlementUnit } from '../../electron/core/judging/bill-line.ts';
import { absolute, multiplyRate } from '../../electron/core/money.ts';
import {
  amountReason,
  billedInReason,
  consumptionOnlyReason,
  cycleReason,
  cycleRestReason,
  duePartsReason,
  duplicateReason,
  lineOnlyReason,
  oneSided,
  settlementReason,
  type BillSides,
} from '../../electron/core/wording/bill.ts';
import { bookExplained, type BillBooking, type Subject } from './bill-booking.ts';
import type { Elsewhere } from './bill-elsewhere.ts';
import { subjectOrigin } from './bill-origins.ts';
import type { BillRow, ConsumptionRow } from './bill-rows.ts';

/**
 * Puts a group's remainder where it belongs, with one finding at most for the group (precedence: cycle > duplicate > missing side > amount). What a
 * line contradicts in itself is a fault of its own and stands beside it, unless one misprint makes both: then the settlement tells it.
 */
export function conclude(booking: BillBooking, subject: Subject, verdict: BillVerdict, flaw?: BillFlaw, elsewhere?: Elsewhere): void {
  if (flaw) bookFlaw(booking, subject, flaw);
  place(booking, subject, verdict, flaw, elsewhere);
}

/** Puts the remainder of what is in both statements' scope; the rows outside of one stand in a step of their own. */
function place(booking: BillBooking, subject: Subject, verdict: BillVerdict, flaw?: BillFlaw, elsewhere?: Elsewhere): void {
  const origin = (): BridgeOrigin => subjectOrigin(subject);
  if (bookExplained(booking.bridge, subject.sums, verdict, origin)) {
    claimSettlements(booking, subject, flaw);
    return;
  }
  const { customer, due, lines, rows } = subject.sums;
  const split = elsewhere ? undefined : booking.scope?.split(subject, verdict);
  if (split) {
    const { sums } = split.outside;
    booking.bridge.step('scope', sums.due - sums.customer, sums.lines + sums.rows, () => subjectOrigin(split.outside));
    if (split.inside) place(booking, split.inside.subject, split.inside.verdict, flaw);
    else claimSettlements(booking, subject, flaw);
  } else if (elsewhere?.used) {
    const { used, cycle } = elsewhere;
    const usedIn = { cycle, only: true };
    const sums = addSums([subject.sums, { ...used.sums, charges: 0n }]);
    const whole = { ...subject, sums, rows: used.rows, usedIn };
    // The rows end at the edge; what is left of the lines may still be explained, as by an adjustment of the order. Else they end in their finding.
    const explained = bookExplained(booking.bridge, sums, judgeBillGroup(sums, booking.regime), () => ({
      ...subjectOrigin(whole),
      beside: true,
    }));
    booking.bridge.step('month-edge', -used.sums.due, lines, () => ({ ...origin(), beside: !explained }));
    if (explained) claimSettlements(booking, subject, flaw);
    else claimRest(booking, whole, flaw);
  } else if (elsewhere?.edge) {
    booking.bridge.step('month-edge', due - customer, lines + rows, origin);
    claimSettlements(booking, subject, flaw);
  } else if (elsewhere && verdict === 'differs') {
    claimSettlements(booking, subject, flaw);
    const reason = cycleRestReason(sides(subject), elsewhere.cycle);
    const amounts = { expected: due, stated: customer, unexplained: due - customer };
    booking.claim(subject, { code: 'bill.cycle', ...amounts, reason, rowsElsewhere: elsewhere.rows });
  } else claimRest(booking, subject, flaw, elsewhere);
}

/** What is open of a group whose lines and rows are all there is of it. */
function claimRest(booking: BillBooking, whole: Subject, flaw?: BillFlaw, elsewhere?: Elsewhere): void {
  const subject = bookAside(booking, whole);
  const { lines, rows } = subject.sums;
  if (lines > 0n && rows > 0n) {
    claimDifference(booking, subject, flaw);
    return;
  }
  claimSettlements(booking, subject, flaw);
  if (lines > 0n) claimLineOnly(booking, subject, elsewhere);
  else claimConsumptionOnly(booking, subject, elsewhere);
}

/** What the other statement has nothing of: adjustments, and rows that re-charge truncated fractions. */
function asideOf({ lines, rows }: Pick<Subject, 'lines' | 'rows'>): {
  readonly lines: readonly BillRow[];
  readonly rows: readonly ConsumptionRow[];
} {
  return {
    lines: rows.some((row) => row.billClass === 'adjustment') ? [] : lines.filter((line) => line.billClass === 'adjustment'),
    rows: lines.some((line) => line.billType === 25n) ? [] : rows.filter((row) => row.precise === 1n),
  };
}

/** What the other statement has nothing of leaves by a step of its own. The group still shows it. */
function bookAside({ bridge }: BillBooking, subject: Subject): Subject {
  const { sums } = subject;
  const { lines, rows } = asideOf(subject);
  const adjustment = lines.reduce((n, line) => n + customerOf(line), 0n);
  const precision = rows.reduce((n, row) => n + row.due, 0n);
  const only = (side: 'left' | 'right', own: readonly { readonly id: bigint }[]): BridgeOrigin => ({
    ...subjectOrigin(subject),
    leftRows: side === 'left' ? own.length : 0,
    rightRows: side === 'right' ? own.length : 0,
    evidence: [{ side, ids: own.map(({ id }) => id) }],
    beside: true,
  });
  if (adjustment !== 0n) bridge.step('adjustment', -adjustment, lines.length, () => only('left', lines));
  if (precision !== 0n) bridge.step('precision-adjustment', precision, rows.length, () => only('right', rows));
  return {
    ...subject,
    sums: {
      ...sums,
      lines: sums.lines - BigInt(lines.length),
      customer: sums.customer - adjustment,
      adjustment: sums.adjustment - adjustment,
      rows: sums.rows - BigInt(rows.length),
      due: sums.due - precision,
      precision: sums.precision - precision,
    },
  };
}

const discountOrigin = (subject: Subject): BridgeOrigin => ({
  ...subjectOrigin(subject),
  leftRows: subject.lines.length,
  rightRows: 0,
  evidence: [{ side: 'left', ids: subject.lines.map((l) => l.id) }],
  beside: true,
});

const sides = (s: Subject): BillSides => ({
  lines: Number(s.sums.lines),
  customer: s.sums.customer,
  rows: Number(s.sums.rows),
  due: s.sums.due,
  ...(s.usedIn && { usedIn: s.usedIn }),
});

function bookFlaw(booking: BillBooking, subject: Subject, flaw: BillFlaw): void {
  if (flaw.discount !== 0n) {
    booking.bridge.step('settlement-discount', flaw.discount, subject.lines.length, () => discountOrigin(subject));
  }
  for (const { lines, expected, stated } of flaw.parts) {
    const reason = duePartsReason(lines.length, expected, stated);
    booking.claim(subject, { code: 'row.payment-parts', expected, stated, unexplained: expected - stated, reason });
  }
}

/** Every settlement fault of the group's lines at its own amount; `beside` is the group's difference where the same misprint makes it. */
function claimSettlements(booking: BillBooking, subject: Subject, flaw: BillFlaw | undefined, beside = 0n): void {
  for (const { lines, expected, stated, rates } of flaw?.settlements ?? []) {
    const reason = settlementReason(lines.length, expected, stated, rates);
    booking.claim(subject, { code: 'bill.settlement', expected, stated, unexplained: expected - stated + beside, reason });
  }
}

function claimLineOnly(booking: BillBooking, subject: Subject, elsewhere: Elsewhere | undefined): void {
  const { customer } = subject.sums;
  const amounts = { expected: 0n, stated: customer, unexplained: -customer };
  if (elsewhere) {
    const { cycle, again, rows: rowsElsewhere } = elsewhere;
    const reason = again ? billedInReason(sides(subject), cycle) : cycleReason(sides(subject), 'line', cycle);
    booking.claim(subject, { code: again ? 'bill.duplicate' : 'bill.cycle', ...amounts, reason, rowsElsewhere });
  } else {
    const reason = lineOnlyReason(sides(subject), subject.referralRows, subject.level);
    booking.claim(subject, {
      code: 'bill.line-without-consumption',
      ...amounts,
      reason,
      candidates: perhaps(booking, subject, 'consumption'),
    });
  }
}

/** Why a statement may lack a group. */
const perhaps = ({ scope }: BillBooking, subject: Subject, lacking: 'consumption' | 'partner-bill'): readonly Candidate[] => [
  ...(scope?.candidates(subject, lacking) ?? []),
  ...oneSided,
];

function claimConsumptionOnly(booking: BillBooking, subject: Subject, elsewhere: Elsewhere | undefined): void {
  const { due } = subject.sums;
  const amounts = { expected: due, stated: 0n, unexplained: due };
  if (elsewhere) {
    const reason = cycleReason(sides(subject), 'consumption', elsewhere.cycle);
    booking.claim(subject, { code: 'bill.cycle', ...amounts, reason, rowsElsewhere: elsewhere.rows });
  } else {
    const reason = consumptionOnlyReason(sides(subject), subject.level);
    booking.claim(subject, {
      code: 'bill.consumption-without-line',
      ...amounts,
      reason,
      candidates: perhaps(booking, subject, 'partner-bill'),
    });
  }
}

function claimDifference(booking: BillBooking, subject: Subject, flaw: BillFlaw | undefined): void {
  const { customer, due } = subject.sums;
  const amounts = { expected: due, stated: customer, unexplained: due - customer };
  const aside = asideOf(subject);
  const own = subject.lines.filter((l) => !aside.lines.includes(l));
  const used = subject.rows.filter((r) => !aside.rows.includes(r));
  const lines = own.map((l) => ({ likeness: l.likeness, product: l.product ?? '', amount: customerOf(l) }));
  const rows = used.map((r) => ({ likeness: r.likeness, product: r.product ?? '', amount: r.due }));
  const surplus = surplusCopies(subject.sums, booking.regime, lines, rows);
  if (!surplus && flaw && isMisprint(subject, flaw)) {
    claimSettlements(booking, subject, flaw, due - customer);
    return;
  }
  claimSettlements(booking, subject, flaw);
  if (surplus) {
    booking.claim(subject, {
      code: 'bill.duplicate',
      ...amounts,
      reason: duplicateReason(sides(subject), surplus.copies, surplus.total),
    });
  } else booking.claim(subject, { code: 'bill.amount', ...amounts, reason: amountReason(sides(subject), subject.level) });
}

/** Is one line's customer amount alone misprinted: what it settles is what it would at the amount that the consumption leaves for it? */
function isMisprint({ sums }: Subject, { settlements }: BillFlaw): boolean {
  const [line, ...others] = settlements.flatMap((flaw) => flaw.lines);
  if (!line || others.length > 0 || line.rate === null) return false;
  const { customer, settlement } = settleLine(line);
  const meant = multiplyRate(customer - (sums.customer - sums.due), line.rate);
  return absolute(meant - settlement) <= settlementUnit(line.scale);
}
