const at = { answers: 0, over: 1, loaded: 2, gone: 3, first: 4 } as const;

/**
 * What a job's thread and the one beside it share: which of them took which part of a run, each part once, and how far the one beside is. Nobody need
 * be told anything for the other to go on.
 */
export class OutcomeTurns {
  readonly buffer: SharedArrayBuffer;
  readonly #flags: Int32Array;

  constructor(parts: number | SharedArrayBuffer) {
    this.buffer = typeof parts === 'number' ? new SharedArrayBuffer(4 * (at.first + parts)) : parts;
    this.#flags = new Int32Array(this.buffer);
  }

  /** True for the first who asks for this part: it is theirs. */
  take(part: number): boolean {
    return Atomics.compareExchange(this.#flags, at.first + part, 0, 1) === 0;
  }

  /** Nothing is wanted of the thread beside any more: it ends by itself after the part at hand. */
  finish(): void {
    Atomics.store(this.#flags, at.over, 1);
  }
  get over(): boolean {
    return Atomics.load(this.#flags, at.over) === 1;
  }

  /** The thread beside says that all of its code is loaded, that it sent an answer, and, last of all, that it is through. */
  tell(what: 'loaded' | 'answers' | 'gone'): void {
    Atomics.add(this.#flags, at[what], 1);
    Atomics.add(this.#flags, at.answers, what === 'answers' ? 0 : 1);
    Atomics.notify(this.#flags, at.answers);
  }
  get loaded(): boolean {
    return Atomics.load(this.#flags, at.loaded) > 0;
  }
  get gone(): boolean {
    return Atomics.load(this.#flags, at.gone) > 0;
  }

  /** How much was told so far. */
  get told(): number {
    return Atomics.load(this.#flags, at.answers);
  }
  /** Waits until more was told than `before`, but no longer than so many milliseconds. */
  wait(before: number, ms: number): void {
    Atomics.wait(this.#flags, at.answers, before, ms);
  }
}
