import { kindNames, type Kind } from '../core/kinds.ts';
import { claimants } from './claims.ts';
import { headersOf, mapByHand, type FoundMapping } from './header-mapping.ts';
import { isCurrency, type Header } from './headers.ts';
import { mapColumns, type ColumnMap } from './mapping.ts';
import { kindSpecs } from './kinds/list.ts';
import type { KindSpec } from './kinds/column.ts';

export interface Text {
  readonly zh: string;
  readonly en: string;
}
/** A sheet that one kind claims, with all its required columns. */
export interface Recognised {
  readonly state: 'recognised';
  readonly kind: Kind;
  readonly headers: readonly Header[];
  readonly map: ColumnMap;
  readonly currency: string | undefined;
  /** Why this kind, for the person who checks. */
  readonly why: Text;
}
/** A sheet that cannot be imported as it is: what is missing or doubtful, and what to do. */
export interface NotRecognised {
  readonly state: 'needs-mapping' | 'refused';
  readonly code: string;
  readonly text: Text;
  /** The kind that it most likely is, for who maps its columns by hand. */
  readonly likely?: Kind | undefined;
  /** Fields without which it cannot be read; of a group any one does. */
  readonly missing?: readonly string[];
}

/** Decides what a header row is (handbook: exports §3). `answer` is the kind that the person has named, `said` what they said of its columns. */
export function recognise(
  cells: readonly string[],
  row: number,
  answer: Kind | undefined,
  said?: FoundMapping,
): Recognised | NotRecognised {
  const headers = headersOf(cells);
  const named = said?.kind ?? answer;
  const kinds = named === undefined ? claimants(headers) : [named];
  if (kinds.length !== 1) return undecided(headers, kinds, row);
  const spec = kindSpecs[kinds[0]!];
  const map = said ? mapByHand(spec, headers, said.columns) : mapColumns(spec, headers);
  const fault = missingColumn(spec, map, row) ?? doubleColumn(map, headers, row) ?? unitFault(spec, map, headers);
  if (fault) return { ...fault, likely: spec.kind };
  const why = reason(spec, map, headers, row);
  return {
    state: 'recognised',
    kind: spec.kind,
    headers,
    map,
    currency: currencyOf(spec, map, headers),
    why: said ? { zh: `${why.zh}；${saidText(said).zh}`, en: `${why.en}; ${saidText(said).en}` } : why,
  };
}

/** Whose word the columns follow. */
function saidText(said: FoundMapping): Text {
  const pairs = Object.entries(said.columns);
  const zh = pairs.map(([label, field]) => (field === null ? `“${label}”不读取` : `“${label}”→ ${field}`)).join('、');
  const en = pairs.map(([label, field]) => (field === null ? `"${label}" not read` : `"${label}" → ${field}`)).join(', ');
  if (said.version === undefined) return { zh: `按您指定的列对应：${zh}`, en: `columns as you mapped them: ${en}` };
  return {
    zh: `按记住的列对应（同样的表头，第 ${said.version} 版）：${zh}`,
    en: `columns as remembered for this header (version ${said.version}): ${en}`,
  };
}

function reason(spec: KindSpec, map: ColumnMap, headers: readonly Header[], row: number): Text {
  const name = kindNames[spec.kind];
  const known = headers.filter((_, index) => map.fields[index] !== undefined);
  const shown = known.slice(0, 6).map((h) => h.text);
  return {
    zh: `第 ${row} 行是表头，认出 ${known.length}/${headers.length} 列（${shown.join('、')}…），按${name.zh}读取`,
    en: `row ${row} is the header; ${known.length} of ${headers.length} columns known (${shown.join(', ')}…), read as ${name.en}`,
  };
}

function undecided(headers: readonly Header[], kinds: readonly Kind[], row: number): NotRecognised {
  const scored = (kinds.length > 0 ? kinds : (Object.keys(kindSpecs) as Kind[]))
    .map((kind) => {
      const map = mapColumns(kindSpecs[kind], headers);
      return { kind, score: map.fields.filter((f) => f !== undefined).length, missing: missingHeaders(kindSpecs[kind], map).headers };
    })
    .sort((a, b) => b.score - a.score || a.missing.length - b.missing.length)
    .slice(0, 3);
  const zh = scored.map((s) => `${kindNames[s.kind].zh}（认出 ${s.score} 列${s.missing.length ? `，缺 ${s.missing.join('、')}` : ''}）`);
  const en = scored.map(
    (s) => `${kindNames[s.kind].en} (${s.score} columns known${s.missing.length ? `, missing ${s.missing.join(', ')}` : ''})`,
  );
  const tie = kinds.length > 1;
  return {
    state: 'needs-mapping',
    code: tie ? 'kind.ambiguous' : 'kind.unknown',
    likely: scored[0]?.kind,
    text: {
      zh: `第 ${row} 行的表头${tie ? '同时符合几种表' : '不足以认定是哪种表'}：${zh.join('；')}。请指明这是哪种表；列名改过的，请指定列对应。`,
      en: `the header in row ${row} ${tie ? 'fits several kinds' : 'does not settle the kind'}: ${en.join('; ')}. Say which kind it is, and map renamed columns.`,
    },
  };
}

function missingHeaders(spec: KindSpec, map: ColumnMap): { headers: string[]; fields: string[] } {
  const missing = spec.columns.filter((c) => c.header === 'required' && !map.index.has(c.field));
  const groups = (spec.anyOf ?? []).filter((group) => !group.some((field) => map.index.has(field)));
  const named = groups.map((group) => group.map((field) => spec.columns.find((c) => c.field === field)!.accept[0]!).join(' / '));
  return { headers: [...missing.map((c) => c.accept[0]!), ...named], fields: [...missing.map((c) => c.field), ...groups.flat()] };
}

function missingColumn(spec: KindSpec, map: ColumnMap, row: number): NotRecognised | undefined {
  const { headers: missing, fields } = missingHeaders(spec, map);
  if (missing.length === 0) return undefined;
  const accepted = missing.map((name) => {
    const column = spec.columns.find((c) => c.accept[0] === name.split(' / ')[0]);
    return `${name}（${column?.accept.slice(0, -1).join(' / ') ?? name}）`;
  });
  const kind = kindNames[spec.kind];
  return {
    state: 'refused',
    code: 'column.missing',
    missing: fields,
    text: {
      zh: `第 ${row} 行的表头看来是${kind.zh}，但缺少必需的列：${accepted.join('、')}。括号内是可用的列名；请补上该列，或重新下载后再导入。`,
      en: `the header in row ${row} looks like ${kind.en} but lacks required columns: ${accepted.join(', ')}. In brackets are the names accepted; add the column or download the file again.`,
    },
  };
}

function doubleColumn(map: ColumnMap, headers: readonly Header[], row: number): NotRecognised | undefined {
  const double = map.doubled[0];
  if (double === undefined) return undefined;
  const names = double.map((i) => `“${headers[i]!.text}”（第 ${i + 1} 列）`).join('、');
  const inEnglish = double.map((i) => `"${headers[i]!.text}" (column ${i + 1})`).join(', ');
  return {
    state: 'needs-mapping',
    code: 'column.ambiguous',
    text: {
      zh: `第 ${row} 行的表头有几列同名：${names}，无法判断用哪一列。请在文件中删去或改名多余的一列后再导入。`,
      en: `the header in row ${row} has the same column several times: ${inEnglish}. Delete or rename all but one and import again.`,
    },
  };
}

function moneyUnits(spec: KindSpec, map: ColumnMap, headers: readonly Header[]): { unit: string | undefined; text: string }[] {
  return spec.columns
    .filter((c) => c.type === 'money' && map.index.has(c.field))
    .map((c) => headers[map.index.get(c.field)!]!)
    .map((h) => ({ unit: h.unit, text: h.text }));
}

function currencyOf(spec: KindSpec, map: ColumnMap, headers: readonly Header[]): string | undefined {
  return moneyUnits(spec, map, headers).find((u) => isCurrency(u.unit))?.unit;
}

function unitFault(spec: KindSpec, map: ColumnMap, headers: readonly Header[]): NotRecognised | undefined {
  const all = moneyUnits(spec, map, headers);
  const odd = all.find((u) => u.unit === '万元');
  const currencies = new Set(all.map((u) => u.unit).filter(isCurrency));
  if (!odd && currencies.size < 2) return undefined;
  if (odd) {
    return {
      state: 'refused',
      code: 'unit.unsupported',
      text: {
        zh: `“${odd.text}”以万元为单位，精度不够对账。请导出以元为单位的表。`,
        en: `"${odd.text}" is in units of 10,000 yuan, too coarse to reconcile. Export the table in yuan.`,
      },
    };
  }
  const list = [...currencies].join('、');
  return {
    state: 'refused',
    code: 'currency.mixed',
    text: {
      zh: `金额列的币种不一致（${list}），不同币种不能相加。请分开导出后再导入。`,
      en: `the amount columns are in several currencies (${list}), which must never be added. Export them apart.`,
    },
  };
}
