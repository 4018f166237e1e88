/** What is known of an order of one side and of those of the other side that name it as their original. */
export interface CombinedEvidence {
  /** All of them are new purchases: what these name is the combined order, for they follow no other. */
  readonly bought: boolean;
  /** The named order was itself consumed or billed in another month, so it is one that others change or renew. */
  readonly itself: boolean;
  /** The latest trade time of its rows, and the earliest of those that name it; null where a row has none. */
  readonly parentAt: string | null;
  readonly childrenAt: string | null;
}

/**
 * Are they a combined order (rules §7), or an order and others that change or renew it? What follows an order is later than it, so a named order that
 * is not the older one is the number of a combined order; one of an earlier day is an order of its own. On one day, or without times, nobody can tell.
 */
export function judgeCombined({ bought, itself, parentAt, childrenAt }: CombinedEvidence): 'one' | 'two' | 'doubtful' {
  if (bought) return 'one';
  if (itself) return 'two';
  if (parentAt === null || childrenAt === null) return 'doubtful';
  if (parentAt >= childrenAt) return 'one';
  return parentAt.slice(0, 10) < childrenAt.slice(0, 10) ? 'two' : 'doubtful';
}
