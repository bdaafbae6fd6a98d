/** Places of the numbers that are shared between a worker and the thread that watches it. */
const Place = { entered: 0, left: 1, group: 2, process: 3, verdict: 4, isLoading: 5 } as const;
const VERDICTS = [undefined, "time", "memory"] as const;

/** Why the watching thread ended a policy's process: which of its limits it passed. */
export type Verdict = NonNullable<(typeof VERDICTS)[number]>;

/**
 * What the thread that watches a worker knows of its policy: whether a call is on its way, and the process of a policy that
 * has one.
 */
export class CallGuard {
  static readonly BYTES = Object.keys(Place).length * Int32Array.BYTES_PER_ELEMENT;
  readonly #cells: Int32Array;

  constructor(shared: SharedArrayBuffer) {
    this.#cells = new Int32Array(shared);
  }

  /** In the worker: the policy's code begins or has ended. */
  mark(isInside: boolean): void {
    Atomics.add(this.#cells, isInside ? Place.entered : Place.left, 1);
  }

  /** In the watching thread: the number of the call that has not come back; 0 if none is on its way. */
  get openCall(): number {
    const entered = Atomics.load(this.#cells, Place.entered);
    return entered === Atomics.load(this.#cells, Place.left) ? 0 : entered;
  }

  /** In the worker: the policy's process group has started (its first process), or was ended (0). */
  set group(pid: number) {
    Atomics.store(this.#cells, Place.verdict, 0);
    Atomics.store(this.#cells, Place.process, 0);
    Atomics.store(this.#cells, Place.isLoading, 1);
    Atomics.store(this.#cells, Place.group, pid);
  }

  get hasProcess(): boolean {
    return Atomics.load(this.#cells, Place.group) !== 0;
  }

  /** The process that runs the policy; 0 as long as it is not known. */
  get process(): number {
    return Atomics.load(this.#cells, Place.process);
  }

  set process(pid: number) {
    Atomics.store(this.#cells, Place.process, pid);
  }

  /** Whether the call on its way is the one that starts the process and imports the policy. */
  get isLoading(): boolean {
    return Atomics.load(this.#cells, Place.isLoading) === 1;
  }

  /** In the worker: the policy is imported. */
  endLoading(): void {
    Atomics.store(this.#cells, Place.isLoading, 0);
  }

  /** In the worker: why its policy's process was ended from outside. */
  get verdict(): Verdict | undefined {
    return VERDICTS[Atomics.load(this.#cells, Place.verdict)];
  }

  /** In the watching thread: ends the policy's process, if there is one; the worker's call comes back then. */
  endProcess(verdict?: Verdict): void {
    const group = Atomics.load(this.#cells, Place.group);
    if (group === 0) return;
    Atomics.compareExchange(this.#cells, Place.verdict, 0, VERDICTS.indexOf(verdict));
    killGroup(group);
  }
}

/** Ends a process and all that it has started. One that is gone already is no fault. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It is gone.
  }
}
