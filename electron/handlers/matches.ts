import { addMatch, findMatch, keysToday, listMatches, needed, undoMatch, type ManualMatch } from '../../db/manual-matches.ts';
import type { ReadDb } from '../../db/open.ts';
import { keyText, type MatchAction } from '../core/manual-match.ts';
import type { Decoded, Handlers, Output } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { checkedMatch, refuseClosed } from './match-said.ts';
import { knownName } from './known-name.ts';
import { suggestMatch } from './match-suggestion.ts';
import { wireTried } from './trial-wire.ts';

type MatchMethods = 'match.join' | 'match.split' | 'match.undo' | 'match.list' | 'match.preview' | 'match.suggest';

/** What a person says of which rows belong together: previewed, kept with a reason, taken back. */
export const matchHandlers = (context: AppContext): Pick<Handlers, MatchMethods> => ({
  'match.join': (input) => keep(context, 'join', input),
  'match.split': (input) => keep(context, 'split', input),
  'match.undo': async ({ id, by }) => {
    const match = activeMatch(context.db, id);
    await context.write((db) => db.transaction(() => undoMatch(db, match.id, knownName(by), context.now())).immediate());
    context.emit('changed', { areas: ['months', 'findings'] });
    return { match: wireMatch(context.db, findMatch(context.db, match.id)!) };
  },
  'match.list': ({ billingCycle }) => ({ matches: listMatches(context.db, billingCycle).map((m) => wireMatch(context.db, m)) }),
  'match.preview': async (input) => {
    const trial =
      'undo' in input
        ? { cycle: activeMatch(context.db, input.undo).cycle, trial: { undo: input.undo } }
        : trialOf(checkedMatch(context.db, input.action, input));
    const tried = await context.jobs.run({ name: 'preview', trial: trial.trial, cycles: [trial.cycle] });
    return wireTried(tried);
  },
  'match.suggest': ({ key }) => suggestMatch(context.db, key),
});

const trialOf = (match: ReturnType<typeof checkedMatch>) => ({ cycle: match.cycle, trial: { match } });

async function keep(context: AppContext, action: MatchAction, input: Decoded<'match.join'>): Promise<Output<'match.join'>> {
  const reason = input.reason.trim();
  if (reason === '')
    throw new AppError('match.reason', { zh: '请写明理由，以后能看懂为什么这样核对。', en: 'Give a reason: it tells later why.' });
  // Checked where it is written: nothing else can take a key in between.
  const id = await context.write((db) =>
    db
      .transaction(() => addMatch(db, { ...checkedMatch(db, action, input), reason, by: knownName(input.by), at: context.now() }))
      .immediate(),
  );
  context.emit('changed', { areas: ['months', 'findings'] });
  return { match: wireMatch(context.db, findMatch(context.db, id)!) };
}

function activeMatch(db: ReadDb, id: number): ManualMatch {
  const match = findMatch(db, BigInt(id));
  if (!match) throw new AppError('match.unknown', { zh: `没有人工核对 #${id}。`, en: `There is no match #${id}.` });
  if (match.undoneAt !== null) {
    throw new AppError('match.undone', {
      zh: `人工核对 #${id} 已于 ${match.undoneAt} 撤销。`,
      en: `Match #${id} was undone already, at ${match.undoneAt}.`,
    });
  }
  refuseClosed(db, match.cycle);
  return match;
}

/** A match for the wire, with what of it is in the month's data today. */
export function wireMatch(db: ReadDb, match: ManualMatch): Output<'match.join'>['match'] {
  const { cycle, pair, action, keys, undoneAt, undoneBy } = match;
  // A key that the data have under another name (the customer's id is known by now) is not missing.
  const missing = keys.filter((key) => keysToday(db, cycle, pair, [key]).length === 0);
  const idle = new Set(keysToday(db, cycle, pair, keys).map(keyText)).size < needed[action];
  return {
    id: Number(match.id),
    billingCycle: cycle,
    pair,
    action,
    keys: [...keys],
    missing,
    state: undoneAt !== null ? 'undone' : idle ? 'idle' : 'active',
    reason: match.reason,
    by: match.by,
    at: match.at,
    ...(undoneAt !== null && { undoneAt }),
    ...(undoneBy !== null && { undoneBy }),
  };
}
