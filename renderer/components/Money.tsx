import { inFull, parts, shown } from './amounts.ts';

interface Props {
  readonly amount: string;
  /** `plain` in sentences and cards; `aligned` in columns (decimal points under each other, decimals beyond the cents smaller); `full` with all 8. */
  readonly as?: 'plain' | 'aligned' | 'full';
}

/** An amount in yuan, in figures of equal width; nothing is rounded away. */
export function Money({ amount, as = 'plain' }: Props) {
  if (as === 'plain') return <span className="money">{shown(amount)}</span>;
  if (as === 'full') return <span className="money">{inFull(amount)}</span>;
  const { yuan, cents, beyond } = parts(amount);
  return (
    <span className="money money-aligned">
      {yuan}.{cents}
      <span className="money-beyond">{beyond}</span>
    </span>
  );
}
