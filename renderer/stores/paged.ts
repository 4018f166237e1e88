import { createStore, type StoreApi } from 'zustand/vanilla';
import { asFailure, type CallFailed } from '../api.ts';
import type { Range } from '../components/grid-column.ts';

/** A list that is read in chunks as its grid comes to them. */
export interface Paged<Question, Answer, Row> {
  readonly question: Question | undefined;
  /** What is known of the whole list; undefined until the first answer. */
  readonly answer: Answer | undefined;
  readonly chunks: ReadonlyMap<number, readonly Row[]>;
  readonly error: CallFailed | undefined;
  readonly range: Range;
}
/** One chunk, and the index of the row that is to be shown first, where one was asked for. */
export interface Chunk<Answer, Row> {
  readonly answer: Answer;
  readonly rows: readonly Row[];
  readonly at?: number | undefined;
}

const chunkSize = 100;
const atTop = { range: { anchor: 0, cursor: 0 } };

/** A store of such a list. Answers to an earlier question are dropped; a failure takes the rows away, for what may be wrong is not shown beside it. */
export function createPaged<Question, Answer extends { readonly total: number }, Row>(
  read: (question: Question, offset: number, limit: number) => Promise<Chunk<Answer, Row>>,
) {
  type State = Paged<Question, Answer, Row>;
  const blank = { answer: undefined, chunks: new Map<number, readonly Row[]>(), error: undefined };
  const store: StoreApi<State> = createStore<State>(() => ({ question: undefined, ...blank, ...atTop }));
  let generation = 0;
  const asked = new Map<number, Promise<void>>();
  let visible = { first: 0, last: 0 };
  /** The row that was asked for is shown, or the person went to another: later chunks do not lead back to it. */
  let isPlaced = false;

  const askChunk = async (chunk: number): Promise<void> => {
    const { question } = store.getState();
    if (question === undefined) return;
    const mine = generation;
    try {
      const { answer, rows, at: found } = await read(question, chunk * chunkSize, chunkSize);
      if (mine !== generation) return;
      const at = isPlaced ? undefined : found;
      isPlaced ||= found !== undefined;
      const end = Math.max(0, answer.total - 1);
      store.setState((s) => ({
        answer,
        chunks: new Map(s.answer?.total === answer.total ? s.chunks : []).set(chunk, rows),
        range:
          at === undefined ? { anchor: Math.min(s.range.anchor, end), cursor: Math.min(s.range.cursor, end) } : { anchor: at, cursor: at },
        error: undefined,
      }));
    } catch (error) {
      if (mine === generation) store.setState({ ...blank, error: asFailure(error) });
    }
  };
  const readChunk = (chunk: number): Promise<void> => {
    const reading = asked.get(chunk) ?? askChunk(chunk);
    asked.set(chunk, reading);
    return reading;
  };
  /** Reads the chunks of the rows in view. */
  const ensure = (first: number, last: number): void => {
    visible = { first, last };
    for (let chunk = Math.floor(first / chunkSize); chunk <= Math.floor(last / chunkSize); chunk++) void readChunk(chunk);
  };
  const rowAt = (s: State, index: number): Row | undefined => s.chunks.get(Math.floor(index / chunkSize))?.[index % chunkSize];
  /** Reads every row of a range, also those that were never in view. */
  const readRange = async (first: number, last: number): Promise<void> => {
    for (let chunk = Math.floor(first / chunkSize); chunk <= Math.floor(last / chunkSize); chunk++) await readChunk(chunk);
  };
  return {
    store,
    ensure,
    rowAt,
    readRange,
    /** Asks; the list starts at its top. What is known of the list stays until the new answer is here. */
    ask(question: Question): void {
      generation++;
      asked.clear();
      isPlaced = false;
      store.setState((s) => ({ ...blank, ...atTop, question, answer: s.answer }));
      ensure(0, 0);
    },
    /** Reads the rows in view again; the old ones stay until the new ones are here. */
    again(): void {
      generation++;
      asked.clear();
      ensure(visible.first, visible.last);
    },
    move(index: number, extend: boolean): void {
      isPlaced = true;
      store.setState((s) => ({ range: { anchor: extend ? s.range.anchor : index, cursor: index } }));
    },
    /** All chosen rows, those that were never in view too. Throws what refused to read them. */
    async chosen(): Promise<Row[]> {
      const { anchor, cursor } = store.getState().range;
      const [from, to] = [Math.min(anchor, cursor), Math.max(anchor, cursor)];
      await readRange(from, to);
      const s = store.getState();
      if (s.error) throw s.error;
      return Array.from({ length: to - from + 1 }, (_, i) => rowAt(s, from + i)).filter((row) => row !== undefined);
    },
  };
}
