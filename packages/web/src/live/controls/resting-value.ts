/** Keys that follow each other faster change one value. */
const REST_MS = 400;

/** Hands on the last of several values once no further one has come for a while, and never loses it. */
export class RestingValue<Value> {
  readonly #onRest: (value: Value) => void;
  #waiting: { readonly value: Value; readonly timer: ReturnType<typeof setTimeout> } | undefined;

  constructor(onRest: (value: Value) => void) {
    this.#onRest = onRest;
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  set(value: Value): void {
    clearTimeout(this.#waiting?.timer);
    this.#waiting = { value, timer: setTimeout(() => this.flush(), REST_MS) };
  }

  /** Hands on what waits, now. */
  flush(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.#waiting = undefined;
    this.#onRest(waiting.value);
  }
}
