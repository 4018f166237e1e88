const at = { asked: 0, committing: 1, committed: 2, loaded: 3, loading: 4 } as const;

/**
 * What a job's thread and its runner share, so that a job which stood is never told as cancelled: whether it is to stop, whether it is just writing
 * for good, and how many times it has. Once asked to stop, a job begins no commit. A thread that has not loaded all of its code must not be ended:
 * better-sqlite3 aborts the whole process where a thread is ended while it is being loaded. Such a thread stops by itself before its first act.
 */
export class StopFlag {
  readonly buffer: SharedArrayBuffer;
  readonly #flags: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(20)) {
    this.buffer = buffer;
    this.#flags = new Int32Array(buffer);
  }

  ask(): void {
    Atomics.store(this.#flags, at.asked, 1);
  }
  get asked(): boolean {
    return Atomics.load(this.#flags, at.asked) === 1;
  }
  get committing(): boolean {
    return Atomics.load(this.#flags, at.committing) === 1;
  }
  get committed(): number {
    return Atomics.load(this.#flags, at.committed);
  }

  /** The thread's first word once all its code is loaded; it looks at `asked` next. */
  tellLoaded(): void {
    Atomics.store(this.#flags, at.loaded, 1);
  }
  get loaded(): boolean {
    return Atomics.load(this.#flags, at.loaded) === 1;
  }

  /** A further thread of the job's own is being loaded: nor must the job's be ended then, for that would end the other. */
  beginLoading(): void {
    Atomics.store(this.#flags, at.loading, 1);
  }
  endLoading(): void {
    Atomics.store(this.#flags, at.loading, 0);
  }
  get loading(): boolean {
    return Atomics.load(this.#flags, at.loading) === 1;
  }

  /** Before what can no longer be taken back; false where the job was asked to stop before: then it must not be done. */
  enter(): boolean {
    Atomics.store(this.#flags, at.committing, 1);
    if (!this.asked) return true;
    Atomics.store(this.#flags, at.committing, 0);
    return false;
  }
  /** After it, whether it was done or failed. */
  leave(done: boolean): void {
    if (done) Atomics.add(this.#flags, at.committed, 1);
    Atomics.store(this.#flags, at.committing, 0);
  }
}
