import { CONNECTION_LIMITS } from "./connection-limits.ts";
import { RefusedRequest } from "./http-error.ts";

/** What one unfinished request or message takes. */
export type Holding = {
  /** How much of it has come, all in all. May refuse this one or another. */
  set(bytes: number): void;
  /** It has come to its end, or is given up. */
  end(): void;
};

type Holder = { bytes: number; readonly refuse: (refusal: RefusedRequest) => void };

/**
 * How much of requests and of messages of WebSockets has come whose end has not: of all connections of a server together,
 * because many that are each within their limit would take all memory. When it is too much, the largest is refused, so that
 * small ones still get through.
 */
export class UnfinishedBytes {
  readonly #max: number;
  readonly #holders = new Set<Holder>();
  #sum = 0;

  constructor(max: number = CONNECTION_LIMITS.maxUnfinishedBytes) {
    this.#max = max;
  }

  /** `refuse` is called at most once, with SERVER_BUSY. */
  begin(refuse: (refusal: RefusedRequest) => void): Holding {
    const holder: Holder = { bytes: 0, refuse };
    this.#holders.add(holder);
    return { set: (bytes) => this.#set(holder, bytes), end: () => this.#end(holder) };
  }

  #set(holder: Holder, bytes: number): void {
    if (!this.#holders.has(holder)) return;
    this.#sum += bytes - holder.bytes;
    holder.bytes = bytes;
    if (this.#sum > this.#max) this.#refuseLargest();
  }

  #end(holder: Holder): void {
    if (this.#holders.delete(holder)) this.#sum -= holder.bytes;
  }

  #refuseLargest(): void {
    let largest: Holder | undefined;
    for (const holder of this.#holders) if (largest === undefined || holder.bytes > largest.bytes) largest = holder;
    if (largest === undefined) return;
    this.#end(largest);
    const message = `unfinished requests take more than ${this.#max} bytes, and this one has the most, ${largest.bytes}: try again later`;
    largest.refuse(new RefusedRequest("SERVER_BUSY", message));
  }
}
