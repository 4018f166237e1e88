import type { ReactNode } from 'react';

/** `alarm` is only for what goes against us; everything else stays calm. */
export type Tone = 'good' | 'plain' | 'attention' | 'alarm' | 'quiet';

/** A small word of state; the word says it, the colour only helps. */
export function StateTag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
