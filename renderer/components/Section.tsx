import { useId, type ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly extra?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled surface; its heading names it for a screen reader. */
export function Section({ title, hint, extra, className, children }: Props) {
  const id = useId();
  return (
    <section className={`section ${className ?? ''}`} aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id}>{title}</h2>
        {hint !== undefined && <span className="section-hint">{hint}</span>}
        {extra !== undefined && <div className="section-extra">{extra}</div>}
      </header>
      {children}
    </section>
  );
}
