import { useState } from 'react';
import type { Dispute } from '../../stores/disputes.ts';
import { changeOf, draftOf, sentLater, type Draft } from './dispute-draft.ts';
import { rememberedSender } from './sender.ts';

/** What stands in the form of a dispute, whether it is a further sending, and what is to be stored of it. */
export function useDisputeDraft(dispute: Dispute | undefined, today: string) {
  const before = draftOf(dispute);
  const [draft, setDraft] = useState<Draft>(before);
  const [seen, setSeen] = useState(JSON.stringify(before));
  /** As long as nobody said, a later day says that it was sent once more. */
  const [saidAgain, setSaidAgain] = useState<boolean>();
  // What is stored can change beside the form (keys 1–5, a pack): the form follows.
  if (seen !== JSON.stringify(before)) {
    setSeen(JSON.stringify(before));
    setDraft(before);
    setSaidAgain(undefined);
  }
  const set = (part: Partial<Draft>): void => setDraft((d) => ({ ...d, ...part }));
  // Of several chosen ones some may have been sent before.
  const mayBeAgain = dispute ? sentLater(before, draft) || (saidAgain === true && before.sentOn !== '') : draft.sentOn.trim() !== '';
  const again = mayBeAgain && (saidAgain ?? true);
  return {
    before,
    draft,
    set,
    mayBeAgain,
    again,
    change: changeOf(before, draft, dispute?.status, again),
    sayAgain(is: boolean): void {
      setSaidAgain(is);
      // The answer belongs to this sending after all.
      if (!is) set({ answeredOn: draft.answeredOn || before.answeredOn, answer: draft.answer || before.answer });
    },
    sendAgain(): void {
      set({ sentOn: today, sentBy: rememberedSender() || draft.sentBy, answeredOn: '', answer: '' });
      setSaidAgain(true);
    },
    sendToday: (): void => set({ sentOn: draft.sentOn || today, sentBy: draft.sentBy || rememberedSender() }),
    /** It was stored. What was written for several stands in no row of the list. */
    stored(): void {
      setSaidAgain(undefined);
      if (!dispute) setDraft(before);
    },
  };
}
