import type { Stage } from '../../../../electron/core/stage.ts';
import type { Tone } from '../../../components/StateTag.tsx';

/** Ours to do: attention; with the vendor: plain; red only for what went against us. */
export const stageTones: Readonly<Record<Stage, Tone>> = {
  toSubmit: 'attention',
  processing: 'plain',
  toInvoice: 'attention',
  invoiced: 'attention',
  sent: 'plain',
  underReview: 'plain',
  rejected: 'alarm',
  paying: 'plain',
  paid: 'good',
  ended: 'quiet',
};
