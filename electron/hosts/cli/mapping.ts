import fs from 'node:fs';
import path from 'node:path';
import type { Input } from '../../contract.ts';
import { kindNames, kinds } from '../../core/kinds.ts';
import { onlyArgument, textOption, usageError, type Session } from './session.ts';
import { alignedLines } from './table.ts';
import { counted } from '../../core/display-count.ts';

type Mappings = NonNullable<NonNullable<Input<'imports.commit'>['answers']>['mappings']>;

/** `--map FILE`: `{"kind": "consumption", "columns": {"客户编号": "customerId", "备用列": null}}`, or a list of these. Refuses what is no such thing. */
export function readMappings(session: Session): Mappings | undefined {
  const given = textOption(session, 'map');
  if (given === undefined) return undefined;
  const file = path.resolve(session.cwd, given);
  const found = parsed(file);
  const list = Array.isArray(found) ? found : [found];
  for (const one of list) {
    const { kind, columns, signature } = (one ?? {}) as { kind?: unknown; columns?: unknown; signature?: unknown };
    if (!(kinds as readonly unknown[]).includes(kind))
      throw refused(
        file,
        `kind 不能是 ${JSON.stringify(kind)}，可用：${kinds.join(', ')}`,
        `kind cannot be ${JSON.stringify(kind)}; choose from: ${kinds.join(', ')}`,
      );
    if (signature !== undefined && typeof signature !== 'string') throw refused(file, 'signature 应是文本', 'signature must be text');
    const entries = typeof columns === 'object' && columns !== null && !Array.isArray(columns) ? Object.entries(columns) : [];
    if (entries.length === 0) throw refused(file, 'columns 应写明至少一列', 'columns must name at least one column');
    const odd = entries.find(([, field]) => field !== null && typeof field !== 'string');
    if (odd) throw refused(file, `列“${odd[0]}”应对应到字段名或 null`, `column "${odd[0]}" must be a field's name or null`);
  }
  return list as Mappings;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refused(file, `读不出来（${why}）`, `it cannot be read (${why})`);
  }
}

const refused = (file: string, zh: string, en: string): Error =>
  usageError(
    `--map 的文件 ${file}：${zh}。应是 JSON，如 {"kind": "consumption", "columns": {"客户编号": "customerId"}}`,
    `The --map file ${file}: ${en}. It must be JSON like {"kind": "consumption", "columns": {"客户编号": "customerId"}}`,
  );

/** `imports mappings`: what is remembered; `imports mappings remove SIGNATURE` forgets one. */
export async function mappingsCommand(session: Session): Promise<number> {
  const [verb, ...rest] = session.args;
  if (verb === 'remove') return remove({ ...session, args: rest });
  if (verb !== undefined)
    throw usageError(
      `imports mappings 没有“${verb}”，可用：imports mappings remove 签名`,
      `imports mappings has no "${verb}"; there is: imports mappings remove SIGNATURE`,
    );
  const { mappings } = await session.call('mappings.list', {});
  session.print({ mappings }, () => {
    if (mappings.length === 0) return [session.say({ zh: '没有记住的列对应。', en: 'No mapping is remembered.' })];
    return alignedLines(
      mappings.map((m) => [
        m.signature.slice(0, 12),
        session.say({ zh: `第 ${m.version} 版${m.applied ? '' : '（旧）'}`, en: `version ${m.version}${m.applied ? '' : ' (old)'}` }),
        m.at,
        kindNames[m.kind][session.language],
        Object.entries(m.columns)
          .map(([label, field]) => `${label}→${field ?? '×'}`)
          .join(' '),
      ]),
    );
  });
  return 0;
}

async function remove(session: Session): Promise<number> {
  const given = onlyArgument(session, { zh: '要忘掉的列对应的签名', en: 'the signature of the mapping to forget' });
  const { mappings } = await session.call('mappings.list', {});
  // The listing shows the first 12 characters: enough where they name one header.
  const matching = [...new Set(mappings.map((m) => m.signature).filter((s) => given.length >= 12 && s.startsWith(given)))];
  if (matching.length !== 1)
    throw usageError(
      `没有签名为“${given}”的列对应；用 imports mappings 查看`,
      `No mapping has the signature "${given}": see imports mappings`,
    );
  const { removed } = await session.call('mappings.remove', { signature: matching[0]! });
  session.print({ removed }, () => [
    session.say({ zh: `已忘掉（${removed} 个版本）。`, en: `Forgotten (${counted(removed, 'version')}).` }),
  ]);
  return 0;
}
