import type { Output } from '../../contract.ts';
import { pairs, stepsOf, type Pair } from '../../core/bridge.ts';
import { withoutRemainder } from '../../core/bridge-part.ts';
import { levelNames, stepName } from '../../core/wording/bridges.ts';
import { choiceOption, textOption, usageError, type Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';
import { counted } from '../../core/display-count.ts';

type Group = Output<'bridge.groups'>['groups'][number];
/** A group with its rows, where they were asked for: the sides as the files have them. */
type Listed = Group & Partial<Pick<Output<'bridge.rows'>, 'sides' | 'rowsOmitted'>>;

/** What is behind one step of one pair. */
export interface StepGroups {
  readonly step: string;
  readonly groups: readonly Listed[];
}

/** How many groups the terminal words; `--json` has all of them. */
const shownGroups = 200;
const pageSize = 500;

/** The pair and step that the command asks to look into; refuses a step without a pair, and one that the pair has not. */
export function askedStep(session: Session): { readonly pair: Pair; readonly step: string } | undefined {
  const pair = choiceOption(session, 'pair', pairs);
  const withRows = session.values['rows'] === true;
  if (textOption(session, 'step') === undefined) {
    if (withRows) throw usageError('--rows 要和 --pair、--step 一起用', '--rows needs --pair and --step');
    return undefined;
  }
  if (!pair) throw usageError('--step 要和 --pair 一起用', '--step needs --pair');
  return { pair, step: choiceOption(session, 'step', [...stepsOf(pair), 'unexplained', withoutRemainder])! };
}

/** All groups of a step, in the documented order, each with its rows where `--rows` asks for them. */
export async function stepGroups(session: Session, billingCycle: string, pair: Pair, step: string): Promise<StepGroups> {
  const groups: Listed[] = [];
  for (let offset = 0, total = 1; offset < total; offset += pageSize) {
    const page = await session.call('bridge.groups', { billingCycle, pair, step, offset, limit: pageSize });
    total = page.total;
    groups.push(...page.groups);
  }
  if (session.values['rows'] !== true) return { step, groups };
  const listed: Listed[] = [];
  for (const group of groups) {
    const { sides, rowsOmitted } = await session.call('bridge.rows', { billingCycle, pair, group: group.id });
    listed.push({ ...group, sides, ...(rowsOmitted !== undefined && { rowsOmitted }) });
  }
  return { step, groups: listed };
}

export function groupLines({ step, groups }: StepGroups, session: Session): string[] {
  const amount = (text: string | undefined): string => (text === undefined ? '' : shownAmount(text));
  const lines = alignedLines(
    groups
      .slice(0, shownGroups)
      .map((g) => [
        g.customerName ?? g.customerId ?? '',
        g.tradeId ?? g.key.join(' · '),
        g.productType ?? '',
        amount(g.left),
        amount(g.right),
        amount(g.amount),
        `${g.leftRows} / ${g.rightRows}`,
        session.say(levelNames[g.level]),
      ]),
    [3, 4, 5, 6],
  );
  const withRows = lines.flatMap((line, at) => [line, ...rowLines(groups[at]!, session)]);
  const more = groups.length - lines.length;
  const rest = session.say({
    zh: `还有 ${more} 组，用 --json 查看`,
    en: `${counted(more, 'more group', 'more groups')}: see all with --json`,
  });
  const count = session.say({ zh: `${groups.length} 组`, en: counted(groups.length, 'group') });
  return [`${session.say(stepName(step))}  ${count}`, ...withRows.map((line) => `  ${line}`), ...(more > 0 ? [rest] : [])];
}

/** Where each row of a group stands. */
function rowLines({ sides = [] }: Listed, session: Session): string[] {
  return sides.flatMap(({ side, tables }) =>
    tables.map(({ file, sheet, rows }) => {
      const name = session.say(side === 'left' ? { zh: '左', en: 'left' } : { zh: '右', en: 'right' });
      const place = sheet === file ? file : `${file} · ${sheet}`;
      const numbers = rows.map((r) => r.row).join(', ');
      return session.say({ zh: `    ${name} ${place} 第 ${numbers} 行`, en: `    ${name} ${place} row ${numbers}` });
    }),
  );
}
