import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { CallFailed, call, fileFailure, listen } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { zh } from '../texts/zh.ts';
import { en } from '../texts/en.ts';
import { jobs, run } from './jobs.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';
import { go, session } from './session.ts';

export type ImportedFile = Output<'imports.preview'>['files'][number];
type GivenAnswers = NonNullable<Input<'imports.preview'>['answers']>;
export type SheetMapping = NonNullable<GivenAnswers['mappings']>[number] & { readonly signature: string };
/** What a person said about one file. */
export type Answers = Omit<GivenAnswers, 'mappings'>;
/** What was dropped or chosen: a file or a folder, by the host's token. */
interface Source {
  readonly token: string;
  readonly name: string;
}
interface Imports {
  readonly sources: readonly Source[];
  /** nothing chosen → previewing → preview → (commit) → done */
  readonly phase: 'idle' | 'previewing' | 'preview' | 'done';
  readonly files: readonly ImportedFile[];
  /** What the last commit told, kept on the page while what waited meanwhile is previewed. */
  readonly finished: readonly ImportedFile[];
  /** Dropped or chosen while a job was running: previewed in this order when it is over. */
  readonly queue: readonly Source[];
  /** By the token of the file. */
  readonly answers: Readonly<Record<string, Answers>>;
  /** Files that contradict another of this drop and are the older ones: not to be imported. By token. */
  readonly leftOut: ReadonlySet<string>;
  /** By the signature of the header: what was said of one file's columns holds for every file of this drop with that header. */
  readonly mappings: Readonly<Record<string, SheetMapping>>;
  readonly error: CallFailed | undefined;
  readonly history: Loadable<Output<'imports.list'>['imports']>;
}

const idle = {
  sources: [],
  phase: 'idle',
  files: [],
  finished: [],
  answers: {},
  leftOut: new Set<string>(),
  mappings: {},
  error: undefined,
} as const;
export const imports = createStore<Imports>(() => ({ ...idle, queue: [], history: unread }));

/** What names a file from preview to preview. */
export const keyOf = (file: ImportedFile): string => file.token ?? file.path;

/** What is sent with a file: what was said of it, and of columns. */
export function answersFor(token: string | undefined): GivenAnswers {
  const { answers, mappings } = imports.getState();
  const said = Object.values(mappings);
  return { ...(token === undefined ? {} : answers[token]), ...(said.length > 0 && { mappings: said }) };
}

async function previewTokens(tokens: readonly string[], answers: GivenAnswers): Promise<ImportedFile[]> {
  const { language } = session.getState();
  return (await call('imports.preview', { tokens: [...tokens], answers, language })).files;
}

/** Reads everything that was dropped; files that something was said about, once more with that. */
async function preview(): Promise<void> {
  imports.setState({ phase: 'previewing', error: undefined });
  const files = await run('import', async () => {
    const { sources, answers } = imports.getState();
    const all = await previewTokens(
      sources.map((s) => s.token),
      answersFor(undefined),
    );
    return again(all, (f) => f.token !== undefined && answers[f.token] !== undefined);
  });
  if (files) imports.setState((s) => ({ phase: 'preview', files: [...s.finished, ...files] }));
  else imports.setState({ ...idle });
}

/** Previews some of the files again, each with what is said about it; the others stay as they are. */
async function again(files: readonly ImportedFile[], which: (file: ImportedFile) => boolean): Promise<ImportedFile[]> {
  const result: ImportedFile[] = [];
  for (const file of files) {
    const anew = which(file) && file.token !== undefined ? await previewTokens([file.token], answersFor(file.token)) : [];
    const found = anew.find((f) => keyOf(f) === keyOf(file)) ?? anew[0] ?? file;
    // Previewed by itself it is not compared with the others of its drop again.
    const here = found === file ? [] : (file.differs ?? []).filter((d) => d.sameDrop);
    result.push(here.length > 0 ? { ...found, differs: [...(found.differs ?? []), ...here] } : found);
  }
  return result;
}

let waiting: ((file: ImportedFile) => boolean)[] = [];

/** Previews what changed while the rest stays on the page; what changes meanwhile is previewed after that. */
async function refresh(which: (file: ImportedFile) => boolean): Promise<void> {
  waiting.push(which);
  if (jobs.getState().running !== undefined) return;
  while (waiting.length > 0) {
    const changed = waiting;
    waiting = [];
    const files = await run('import', () => again(imports.getState().files, (f) => changed.some((c) => c(f))));
    if (!files || imports.getState().phase !== 'preview') {
      waiting = [];
      return;
    }
    imports.setState({ files });
  }
}

/** Takes what the host gives for a drop or a choice, goes to the import page and previews it with what was there already. */
async function take(ask: Promise<readonly { token: string; name: string }[]>, dropped: boolean): Promise<void> {
  try {
    const files = await ask;
    if (files.length === 0) {
      if (dropped) throw new CallFailed('drop.empty', { zh: zh.imports.dropEmpty, en: en.imports.dropEmpty });
      return;
    }
    imports.setState((s) => ({ queue: [...s.queue, ...files.map(({ token, name }) => ({ token, name }))] }));
    go('import');
    await takeQueue();
  } catch (error) {
    imports.setState({ error: fileFailure(error) });
    go('import');
  }
}
/** Previews what waits, with what is previewed already; while a job is running it goes on waiting. */
async function takeQueue(): Promise<void> {
  const { queue, phase, sources, files, finished } = imports.getState();
  if (queue.length === 0 || jobs.getState().running !== undefined) return;
  imports.setState({
    queue: [],
    sources: phase === 'preview' ? [...sources, ...queue] : queue,
    finished: phase === 'done' ? files : phase === 'preview' ? finished : [],
  });
  await preview();
}

/** Takes one of those that wait out again. */
export const unqueue = (token: string): void => imports.setState((s) => ({ queue: s.queue.filter((q) => q.token !== token) }));

/** The drops before, each until it is handed over: a small file that follows a large one is there first, and is still the second. */
let drops: Promise<unknown> = Promise.resolve();

export function takeDrop(files: File[]): Promise<void> {
  const handed = Promise.allSettled([window.hezhang.files.fromDrop(files), drops] as const);
  drops = handed.then(() => undefined);
  return take(
    handed.then(([own]) => {
      if (own.status === 'rejected') throw own.reason;
      return own.value;
    }),
    true,
  );
}
/** Previews what was found in the watched folder. */
export const takeFound = (found: readonly { token: string; name: string }[]): Promise<void> => take(Promise.resolve(found), false);
export const chooseFiles = (folders: boolean): Promise<void> => take(window.hezhang.files.choose({ folders, multiple: true }), false);

/** Says what one file is, and previews it again. */
export function answer(token: string, said: Answers): Promise<void> {
  imports.setState((s) => ({ answers: { ...s.answers, [token]: said } }));
  return refresh((f) => f.token === token);
}

/** Says whether a file replaces those that it differs from; how it is read does not change. */
export const answerDiffering = (token: string, as: 'replacement' | 'part' | 'older'): void =>
  imports.setState((s) => {
    const { as: _, ...others } = s.answers[token] ?? {};
    const leftOut = new Set(s.leftOut);
    if (as === 'older') leftOut.add(token);
    else leftOut.delete(token);
    return { leftOut, answers: { ...s.answers, [token]: as === 'older' ? others : { ...others, as } } };
  });

/** Can it be written as it is? One that differs from an earlier file is asked about first. */
export const isAnswered = (file: ImportedFile, answers: Imports['answers'], leftOut: Imports['leftOut']): boolean =>
  !file.differs || (file.token !== undefined && (answers[file.token]?.as !== undefined || leftOut.has(file.token)));

/** What a person is shown of a file: one that differs from another is a question until it is answered. */
export type ShownState = ImportedFile['status'] | 'leftOut';
export const shownState = (file: ImportedFile, { answers, leftOut }: Pick<Imports, 'answers' | 'leftOut'>): ShownState => {
  if (leftOut.has(keyOf(file))) return 'leftOut';
  return file.status === 'previewed' && !isAnswered(file, answers, leftOut) ? 'needs-mapping' : file.status;
};

/** Neighbours with the same answers go together, and all keep their order: what a file is said to replace comes before it. */
function inTurn(files: readonly ImportedFile[]): ImportedFile[][] {
  const said = (file: ImportedFile): string => JSON.stringify(answersFor(file.token));
  const groups: ImportedFile[][] = [];
  for (const file of files) {
    const last = groups.at(-1);
    if (last && said(last[0]!) === said(file)) last.push(file);
    else groups.push([file]);
  }
  return groups;
}

/** Says what the columns of a header are, and previews again every file that has it; a mapping that names no column is taken back. */
export function mapColumns(mapping: SheetMapping): Promise<void> {
  imports.setState((s) => {
    const { [mapping.signature]: _, ...others } = s.mappings;
    return { mappings: Object.keys(mapping.columns).length === 0 ? others : { ...others, [mapping.signature]: mapping } };
  });
  return refresh((f) => f.sheets.some((sheet) => sheet.signature === mapping.signature));
}

/** Writes what the preview showed: the files that can be imported, as they were read. */
export async function commit(): Promise<void> {
  const { files, answers, leftOut } = imports.getState();
  const groups = inTurn(
    files.filter((f) => f.status === 'previewed' && f.token !== undefined && isAnswered(f, answers, leftOut) && !leftOut.has(keyOf(f))),
  );
  const done = await run('import', async () => {
    const all = new Map<string, ImportedFile>();
    const { language } = session.getState();
    for (const group of groups) {
      const tokens = group.map((f) => f.token!);
      const reply = await call('imports.commit', { tokens, answers: answersFor(tokens[0]), language });
      for (const file of reply.files) all.set(keyOf(file), file);
    }
    return all;
  });
  if (done)
    imports.setState({ ...idle, phase: 'done', files: files.filter((f) => !leftOut.has(keyOf(f))).map((f) => done.get(keyOf(f)) ?? f) });
  void loadHistory();
}

/** Writes the problems of a file, or of an import, as a workbook and lets the person save it. */
export async function saveProblems(of: { readonly token: string } | { readonly importId: string }): Promise<void> {
  const { language } = session.getState();
  const request = 'token' in of ? { ...of, answers: answersFor(of.token), language } : { ...of, language };
  const made = await run('import', () => call('imports.problems', request));
  if (!made) return;
  await window.hezhang.files.save(made.token, made.name).catch((error: unknown) => imports.setState({ error: fileFailure(error) }));
}

/** Still waiting for an answer after the rest was written. */
export const isUnfinished = (file: ImportedFile): boolean =>
  (file.status === 'needs-mapping' || file.status === 'previewed') && file.token !== undefined;

/** Goes on with the files that the commit left out, as they were read. */
export function resume(): void {
  const files = imports.getState().files.filter(isUnfinished);
  imports.setState({ ...idle, phase: 'preview', files, sources: files.map((f) => ({ token: f.token!, name: f.path })) });
}

export const discard = (): void => imports.setState({ ...idle });

const history = newTurn();
export const loadHistory = (): Promise<void> =>
  load(
    history,
    imports.getState().history,
    async () => (await call('imports.list', {})).imports,
    (list) => imports.setState({ history: list }),
  );

/** Takes an import off the books; answers the number of rows removed. */
export async function undo(importId: string): Promise<number> {
  const { rows } = await call('imports.undo', { importId });
  await loadHistory();
  return rows;
}

export function startImports(): void {
  jobs.subscribe((now, before) => {
    // What waits is taken once the job's own caller has heard of its end.
    if (now.running === undefined && before.running !== undefined) setTimeout(() => void takeQueue(), 0);
  });
  listen('changed', ({ areas }) => {
    if (areas.includes('imports') && imports.getState().history.value) void loadHistory();
  });
}

export const useImports = <T>(select: (s: Imports) => T): T => useStore(imports, select);
