import { isBillingCycle } from '../electron/core/month.ts';

/** The pages of this version, in the order of the navigation (keys Alt+1 … Alt+9). */
export const pages = ['month', 'import', 'reconcile', 'findings', 'disputes', 'incentives', 'invoices', 'data', 'settings'] as const;
export type Page = (typeof pages)[number];

/** Where the window is: a page, the month it looks at, and what the page was asked to show first. */
export interface Route {
  readonly page: Page;
  readonly cycle?: string;
  readonly params: Readonly<Record<string, string>>;
}

/** "#/findings?cycle=2025-09&code=bill.amount" → route; anything unknown leads to the month home. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const page = pages.find((p) => p === path) ?? 'month';
  const { cycle, ...params } = Object.fromEntries(new URLSearchParams(query));
  return cycle !== undefined && isBillingCycle(cycle) ? { page, cycle, params } : { page, params };
}

export function writeRoute(route: Route): string {
  const query = new URLSearchParams({ ...(route.cycle === undefined ? {} : { cycle: route.cycle }), ...route.params }).toString();
  return `#/${route.page}${query === '' ? '' : `?${query}`}`;
}

/** What a person types for a month ("2025-9", "202509", "2025年9月", "2025/09") as "YYYY-MM"; undefined where it is none. */
export function readTypedCycle(typed: string): string | undefined {
  const m = /^\s*(\d{4})\s*(?:[-/.年]\s*)?(\d{1,2})\s*月?\s*$/.exec(typed.normalize('NFKC'));
  if (!m) return undefined;
  const cycle = `${m[1]}-${m[2]!.padStart(2, '0')}`;
  return isBillingCycle(cycle) ? cycle : undefined;
}
