import { getFinding, listFindings } from '../../db/findings.ts';
import type { StoredFinding } from '../core/finding.ts';
import { activeMatches } from '../../db/manual-matches.ts';
import type { ReadDb } from '../../db/open.ts';
import type { CheckCode } from '../core/checks.ts';
import { mostCandidates, subsetSum } from '../core/judging/subset-sum.ts';
import { customerOf, isGroup, keyOfFinding, overlaps, pairOfCheck } from '../core/manual-match.ts';
import { formatMoney } from '../core/money.ts';
import type { Output } from '../contract.ts';
import { unknownFinding } from './match-said.ts';

/** What stands on one side only, and the check that finds the same on the other. */
const otherSide: { readonly [C in CheckCode]?: CheckCode } = {
  'bill.line-without-consumption': 'bill.consumption-without-line',
  'bill.consumption-without-line': 'bill.line-without-consumption',
  'performance.missing': 'performance.without-consumption',
  'performance.without-consumption': 'performance.missing',
  'incentive.missing': 'incentive.base',
  'incentive.base': 'incentive.missing',
  // A cell of the summary whose details stand under another product, mode or class differs by the opposite there.
  'consumption.summary': 'consumption.summary',
  'account.deduction-without-bill': 'account.bill-without-deduction',
  'account.bill-without-deduction': 'account.deduction-without-bill',
  'account.refund-not-returned': 'account.deduction-without-bill',
  'account.adjustment': 'account.adjustment',
};
/** Money that came back is that of a refund. */
const across = ({ code, stated }: StoredFinding): CheckCode | undefined =>
  code === 'account.deduction-without-bill' && stated < 0n ? 'account.refund-not-returned' : otherSide[code];
/** An incentive base, or an adjustment, also differs where both sides have rows. */
function standsAlone({ code, expected, stated }: StoredFinding): boolean {
  if (code === 'account.adjustment') return expected === 0n || stated === 0n;
  return code !== 'incentive.base' || expected === 0n;
}
/** What findings that belong together sum up to 0 of: allocations and retrievals count against each other. */
const weight = ({ code, difference, bridgeAmount }: StoredFinding): bigint =>
  code === 'account.adjustment' ? (bridgeAmount ?? difference) : difference;

/**
 * For a finding that stands on one side only: which findings of the other side of the same customer come to exactly its amount. It only suggests,
 * and says nothing where two different sets would fit.
 */
export function suggestMatch(db: ReadDb, key: string): Output<'match.suggest'> {
  const finding = getFinding(db, key);
  if (!finding) throw unknownFinding(key);
  const code = finding.resolvedByData || !standsAlone(finding) ? undefined : across(finding);
  const none = { key, candidates: 0, most: mostCandidates, findings: [] };
  if (code === undefined) return { ...none, state: 'not-one-sided' };
  const candidates = openAcross(db, finding, code);
  const answer = subsetSum(-weight(finding), candidates.map(weight));
  const found = answer.state === 'found' ? answer.at.map((at) => candidates[at]!) : [];
  return {
    ...none,
    state: answer.state,
    candidates: candidates.length,
    findings: found.map((f) => ({
      key: f.key,
      code: f.code,
      difference: formatMoney(f.difference),
      ...(f.tradeId !== null && { tradeId: f.tradeId }),
    })),
  };
}

/** The same customer's findings on the other side that no match holds yet; an entry of an account may not say whose it is. */
function openAcross(db: ReadDb, finding: StoredFinding, code: CheckCode): StoredFinding[] {
  const customer = customerIn(finding);
  const isTheirs = (f: StoredFinding): boolean =>
    customerIn(f) === customer || (pairOfCheck(code) === 'bill-account' && (customer === undefined || customerIn(f) === undefined));
  const taken = activeMatches(db, finding.cycle, pairOfCheck(code)).flatMap((m) => m.keys);
  return listFindings(db, finding.cycle, { code }).filter((f) => {
    const key = keyOfFinding(f);
    return key !== undefined && f.key !== finding.key && standsAlone(f) && isTheirs(f) && !taken.some((other) => overlaps(key, other));
  });
}

/** Whose rows a finding is about, as its key says; a 业绩ID says nothing of it, so that the finding's own names do. */
function customerIn(finding: StoredFinding): string | undefined {
  const key = keyOfFinding(finding);
  return key && isGroup(key) ? key.customer : customerOf(finding);
}
