import { inFull, parts, shown } from './amounts.ts';

interface Props {
  readonly amount: string;
  /**
   * `plain` in sentences; `lead` in large figures (decimals beyond the cents smaller); `aligned` in columns (and decimal points under each other);
   * `full` with all 8.
   */
  readonly as?: 'plain' | 'lead' | 'aligned' | 'full';
}

/** An amount in yuan, in figures of equal width; nothing is rounded away. */
export function Money({ amount, as = 'plain' }: Props) {
  if (as === 'plain') return <span className="money">{shown(amount)}</span>;
  if (as === 'full') return <span className="money">{inFull(amount)}</span>;
  const { yuan, cents, beyond } = parts(amount);
  return (
    <span className={as === 'lead' ? 'money' : 'money money-aligned'}>
      {yuan}.{cents}
      <span className={as === 'lead' ? 'money-rest' : 'money-beyond'}>{beyond}</span>
    </span>
  );
}
