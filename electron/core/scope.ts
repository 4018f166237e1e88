import { sameName } from './judging/attribution.ts';
import type { Kind } from './kinds.ts';

/** The statements that the portal exports by manager or customer, so that a person may have to say what a file covers. */
export const scopeKinds = ['partner-bill', 'consumption', 'consumption-summary', 'performance'] as const satisfies readonly Kind[];
export type ScopeKind = (typeof scopeKinds)[number];
export const isScopeKind = (kind: string): kind is ScopeKind => (scopeKinds as readonly string[]).includes(kind);

/** What an export covers: everything of these account managers, and of these customers (id or account name). */
export interface Scope {
  readonly managers: readonly string[];
  readonly customers: readonly string[];
}

/** Whose a row is: the customer by all names that are known of it, and the managers that it may be of; none known = []. */
export interface Owned {
  readonly customer: readonly string[];
  readonly managers: readonly string[];
}

/**
 * Is it certain that a file with one of these scopes does not hold the row? Never guessed: where the scope is by manager and nothing says who the row's
 * manager is, it is not.
 */
export function isOutside(scopes: readonly Scope[], row: Owned): boolean {
  return scopes.every(({ managers, customers }) => {
    if (customers.some((customer) => row.customer.includes(customer))) return false;
    if (managers.length === 0) return true;
    return row.managers.length > 0 && !managers.some((manager) => row.managers.some((own) => sameName(manager, own)));
  });
}

/** Names as a person types them, in one order, each once. */
export const tidyNames = (names: readonly string[]): string[] =>
  [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))].sort((a, b) => (a < b ? -1 : 1));
