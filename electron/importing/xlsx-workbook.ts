import type { ReadLimits } from './limits.ts';
import { corrupt, refusal } from './refusals.ts';
import { styleLooks, plainLooks } from './xlsx-styles.ts';
import type { NumberLook } from './xlsx-dates.ts';
import { elementsOf, partTooLarge, type XmlElement } from './xml-part.ts';
import type { Zip, ZipEntry } from './zip.ts';

export interface WorkbookSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly entry: ZipEntry;
}

/** A workbook's plan: its sheets in the order of their tabs, and what its cells refer to. */
export interface Workbook {
  readonly sheets: readonly WorkbookSheet[];
  /** Names of tabs that are charts or macros and hold no rows. */
  readonly passedOver: readonly string[];
  readonly strings: ZipEntry | undefined;
  readonly looks: readonly NumberLook[];
  readonly date1904: boolean;
  readonly exportedAt: string | undefined;
}

interface Relationship {
  /** Last part of the type's address: the same in transitional and strict OOXML. */
  readonly type: string;
  readonly entry: ZipEntry | undefined;
}

class Parts {
  private readonly zip: Zip;
  private readonly limits: ReadLimits;
  private readonly byName: ReadonlyMap<string, ZipEntry>;

  constructor(zip: Zip, limits: ReadLimits) {
    this.zip = zip;
    this.limits = limits;
    this.byName = new Map(zip.entries.map((entry) => [entry.name.toLowerCase(), entry]));
  }

  find(name: string): ZipEntry | undefined {
    return this.byName.get(name.toLowerCase());
  }

  elements(entry: ZipEntry): Promise<XmlElement[]> {
    if (entry.size > this.limits.smallPartBytes) throw partTooLarge(entry.name);
    return elementsOf(entry.name, this.zip.read(entry));
  }

  /** A relationship's target is an address: some writers escape blanks and Chinese in it, others do not. */
  private target(folder: string, target: string): ZipEntry | undefined {
    return this.find(resolve(folder, target)) ?? this.find(resolve(folder, unescaped(target)));
  }

  /** The relationships of a part (of the package itself for ''), by id. */
  async relationships(part: string): Promise<Map<string, Relationship>> {
    const folder = part.slice(0, part.lastIndexOf('/') + 1);
    const entry = this.find(`${folder}_rels/${part.slice(folder.length)}.rels`);
    const found = new Map<string, Relationship>();
    for (const { path, attributes } of entry ? await this.elements(entry) : []) {
      if (path !== 'Relationships/Relationship' || attributes.get('TargetMode') === 'External') continue;
      const type = (attributes.get('Type') ?? '').split('/').at(-1) ?? '';
      found.set(attributes.get('Id') ?? '', { type, entry: this.target(folder, attributes.get('Target') ?? '') });
    }
    return found;
  }
}

function unescaped(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

function resolve(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of (target.startsWith('/') ? target : folder + target).replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function ofType(relationships: ReadonlyMap<string, Relationship>, type: string): ZipEntry | undefined {
  for (const one of relationships.values()) if (one.type === type && one.entry) return one.entry;
  return undefined;
}

function beijingTime(utc: string): string | undefined {
  const at = new Date(utc.trim());
  if (Number.isNaN(at.getTime())) return undefined;
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** Time of the last change, else of creation, in GMT+08:00. */
function exportTime(elements: readonly XmlElement[]): string | undefined {
  const find = (name: string): string => elements.find(({ path }) => path === `coreProperties/${name}`)?.text ?? '';
  return beijingTime(find('modified')) ?? beijingTime(find('created'));
}

/** Reads the parts around the sheets. */
export async function readWorkbook(zip: Zip, limits: ReadLimits): Promise<Workbook> {
  const parts = new Parts(zip, limits);
  const top = await parts.relationships('');
  const main = ofType(top, 'officeDocument') ?? parts.find('xl/workbook.xml');
  if (!main) throw corrupt('缺少工作簿主文件 xl/workbook.xml', 'the workbook part xl/workbook.xml is missing');
  const related = await parts.relationships(main.name);
  const sheets: WorkbookSheet[] = [];
  const passedOver: string[] = [];
  let date1904 = false;
  for (const { path, attributes } of await parts.elements(main)) {
    if (path === 'workbook/workbookPr') date1904 = ['1', 'true', 'on'].includes(attributes.get('date1904') ?? '');
    if (path !== 'workbook/sheets/sheet') continue;
    const name = attributes.get('name') ?? '';
    const target = related.get(attributes.get('id') ?? '');
    if (target && target.type !== 'worksheet') passedOver.push(name);
    else if (!target?.entry) throw corrupt(`缺少工作表“${name}”的内容`, `the content of sheet "${name}" is missing`);
    else sheets.push({ name, hidden: (attributes.get('state') ?? 'visible') !== 'visible', entry: target.entry });
  }
  if (sheets.length === 0) throw refusal('file.no-sheets');
  const styles = ofType(related, 'styles');
  // Without its styles a date would pass for a number.
  if (!styles && [...related.values()].some(({ type }) => type === 'styles'))
    throw corrupt('缺少样式部分', 'the part with the styles is missing');
  const core = ofType(top, 'core-properties') ?? parts.find('docProps/core.xml');
  return {
    sheets,
    passedOver,
    strings: ofType(related, 'sharedStrings'),
    looks: styles ? styleLooks(await parts.elements(styles)) : plainLooks,
    date1904,
    exportedAt: core ? exportTime(await parts.elements(core)) : undefined,
  };
}
