/** Longest that GraphQL works without letting the event loop turn, but for a piece of work that began within it. */
const TURN_MS = 10;

/**
 * Divides the server's one thread among operations. Work asks `isOver` between its pieces, and waits for `next` when its time is up;
 * meanwhile timers, sockets and other operations have theirs. Operations that wait take turns, however much each still has to do.
 */
export class Turns {
  readonly #turnMs: number;
  #begunMs: number | undefined;
  /** What waits, by operation, in the order in which the operations are served. */
  readonly #lines = new Map<object, (() => void)[]>();

  constructor(turnMs: number) {
    this.#turnMs = turnMs;
  }

  /** Whether this turn of the event loop has lasted long enough. */
  isOver(): boolean {
    return performance.now() - (this.#begunMs ?? this.#begin()) > this.#turnMs;
  }

  /** Resolves in a later turn that has time left. @throws what `signal` was aborted with. */
  async next(operation: object, signal: AbortSignal | undefined): Promise<void> {
    do {
      signal?.throwIfAborted();
      await new Promise<void>((resolve) => this.#stand(operation, resolve));
    } while (this.isOver());
    signal?.throwIfAborted();
  }

  #begin(): number {
    setImmediate(() => this.#turn());
    return (this.#begunMs = performance.now());
  }

  #stand(operation: object, resolve: () => void): void {
    if (this.#begunMs === undefined) this.#begin();
    const line = this.#lines.get(operation);
    if (line === undefined) this.#lines.set(operation, [resolve]);
    else line.push(resolve);
  }

  #turn(): void {
    this.#begunMs = undefined;
    if (this.#lines.size === 0) return;
    this.#begin();
    this.#release();
  }

  /** One after the other, each from a microtask of its own, so that what was released before has worked by then. */
  #release(): void {
    const [first] = this.#lines;
    if (first === undefined || this.isOver()) return;
    const [operation, line] = first;
    this.#lines.delete(operation);
    // The latest first: what was begun is completed before more is.
    const resolve = line.pop();
    if (line.length > 0) this.#lines.set(operation, line);
    resolve?.();
    queueMicrotask(() => this.#release());
  }
}

/** Of the server's thread. */
export const turns = new Turns(TURN_MS);
