import type { LiveMap } from "./live-map.ts";
import { StepWindow, type WindowKind, windowStart } from "./step-window.ts";

type Fetch = { readonly to: number; readonly window: Promise<StepWindow>; readonly controller: AbortController };

/** Asks for what leads from one position to another. */
export type WindowRequest = (from: number, to: number, signal: AbortSignal) => Promise<Uint8Array>;

/** Windows of one kind that were fetched, those that were not used for longest forgotten, and those that are under way. */
export class WindowStore {
  readonly #kind: WindowKind;
  readonly #request: WindowRequest;
  readonly #maxBytes: number;
  readonly #windows = new Map<number, StepWindow>();
  readonly #fetches = new Map<number, Fetch>();
  #bytes = 0;

  constructor(kind: WindowKind, request: WindowRequest, maxBytes: number) {
    this.#kind = kind;
    this.#request = request;
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#windows.size === 0;
  }

  /** Whether all windows between two positions, in either order, are there. */
  hasBetween(from: number, to: number): boolean {
    return this.missingBetween(from, to).length === 0;
  }

  /** Those between two positions, in either order, that are not there, by where they begin. */
  missingBetween(from: number, to: number): number[] {
    const last = Math.max(from, to);
    return this.#startsBetween(from, to).filter((start) => this.#get(start, Math.min(this.#endOf(start), last)) === undefined);
  }

  /** Moves a map to a position; all windows on the way must be there. */
  move(map: LiveMap, to: number): void {
    const isForward = to > map.position;
    const starts = this.#startsBetween(map.position, to);
    for (const start of isForward ? starts : starts.toReversed()) {
      const window = this.#windows.get(start);
      if (window === undefined) throw new Error(`the window from ${start} is not there`);
      map.step(window, isForward ? Math.min(window.to, to) : Math.max(window.from, to));
    }
  }

  /** The last position that is not after a time, where a window that is there knows it. */
  positionAt(timeNs: number): number | undefined {
    for (const window of this.#windows.values()) {
      const position = window.positionAt(timeNs);
      if (position !== undefined) return position;
    }
    return undefined;
  }

  /** The time of a position, where a window that is there knows it. */
  timeNsAt(position: number): number | undefined {
    const start = windowStart(this.#kind, position);
    const window = this.#windows.get(start) ?? this.#windows.get(windowStart(this.#kind, Math.max(0, position - 1)));
    return window === undefined || window.to < position ? undefined : window.timeNsAt(position);
  }

  /** Fetches one up to its end, or to the head, unless that is under way. */
  async fetch(start: number, head: number): Promise<void> {
    const to = Math.min(this.#endOf(start), head);
    const kept = this.#fetches.get(start);
    await (kept !== undefined && kept.to >= to ? kept : this.#begin(start, to)).window;
  }

  /** Fetches some, until the signal is aborted: those that are under way then go on. */
  async fetchAll(starts: readonly number[], head: number, signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<never>();
    const abort = (): void => aborted.reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    try {
      await Promise.race([Promise.all(starts.map((start) => this.fetch(start, head))), aborted.promise]);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  /** Fetches one that may be needed soon, if it is missing. */
  fetchSoon(start: number, head: number): void {
    // Whether it fails or not: who needs it asks again, and is told why.
    if (this.#isMissing(start, head)) this.fetch(start, head).catch(() => undefined);
  }

  /** Fetches the nearest to a position that is missing, of so many on either side. Returns whether there was one. */
  async fetchNearest(position: number, windows: number, head: number): Promise<boolean> {
    const own = windowStart(this.#kind, position);
    for (let distance = 0; distance <= windows; distance++) {
      for (const start of [own + distance * this.#kind.windowEvents, own - distance * this.#kind.windowEvents]) {
        if (!this.#isMissing(start, head)) continue;
        await this.fetch(start, head);
        return true;
      }
    }
    return false;
  }

  /** Ends the requests of windows for which this does not hold. */
  keepFetching(isNeeded: (start: number) => boolean): void {
    for (const [start, { controller }] of this.#fetches) if (!isNeeded(start)) controller.abort();
  }

  #isMissing(start: number, head: number): boolean {
    return start >= 0 && start < head && !this.hasBetween(start, Math.min(this.#endOf(start), head));
  }

  #endOf(start: number): number {
    return start + this.#kind.windowEvents;
  }

  #begin(start: number, to: number): Fetch {
    const controller = new AbortController();
    const window = this.#request(start, to, controller.signal).then((bytes) => this.#add(new StepWindow(bytes)));
    const fetch = { to, window, controller };
    this.#fetches.set(start, fetch);
    const end = (): void => {
      if (this.#fetches.get(start) === fetch) this.#fetches.delete(start);
    };
    window.then(end, end);
    return fetch;
  }

  #add(window: StepWindow): StepWindow {
    this.#bytes += window.bytes - (this.#windows.get(window.from)?.bytes ?? 0);
    this.#windows.delete(window.from);
    this.#windows.set(window.from, window);
    for (const [from, { bytes }] of this.#windows) {
      if (this.#bytes <= this.#maxBytes || from === window.from) break;
      this.#windows.delete(from);
      this.#bytes -= bytes;
    }
    return window;
  }

  #get(start: number, end: number): StepWindow | undefined {
    const window = this.#windows.get(start);
    if (window === undefined || window.to < end) return undefined;
    this.#windows.delete(start);
    this.#windows.set(start, window);
    return window;
  }

  #startsBetween(from: number, to: number): number[] {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const starts: number[] = [];
    if (from === to) return starts;
    for (let start = windowStart(this.#kind, first); start < last; start += this.#kind.windowEvents) starts.push(start);
    return starts;
  }
}
