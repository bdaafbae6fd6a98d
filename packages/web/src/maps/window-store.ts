import type { MapRequests } from "./map-requests.ts";
import { StepWindow, WINDOW_EVENTS, windowStart } from "./step-window.ts";

type Fetch = { readonly to: number; readonly window: Promise<StepWindow>; readonly controller: AbortController };

/** Windows of one run that were fetched, those that were not used for longest forgotten, and those that are under way. */
export class WindowStore {
  readonly #requests: MapRequests;
  readonly #maxBytes: number;
  readonly #windows = new Map<number, StepWindow>();
  readonly #fetches = new Map<number, Fetch>();
  #bytes = 0;

  constructor(requests: MapRequests, maxBytes: number) {
    this.#requests = requests;
    this.#maxBytes = maxBytes;
  }

  /** The windows between two positions in ascending order; undefined where one is not there. */
  between(first: number, last: number): readonly (StepWindow | undefined)[] {
    return startsBetween(first, last).map((start) => this.#get(start, Math.min(start + WINDOW_EVENTS, last)));
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
    const window = this.#windows.get(windowStart(position)) ?? this.#windows.get(windowStart(Math.max(0, position - 1)));
    return window === undefined || window.to < position ? undefined : window.timeNsAt(position);
  }

  /** Those between two positions that are not there, by where they begin. */
  missingBetween(first: number, last: number): number[] {
    return startsBetween(first, last).filter((start) => this.#get(start, Math.min(start + WINDOW_EVENTS, last)) === undefined);
  }

  /** Fetches one up to its end, or to the head, unless that is under way. */
  async fetch(start: number, head: number): Promise<void> {
    const to = Math.min(start + WINDOW_EVENTS, head);
    const kept = this.#fetches.get(start);
    await (kept !== undefined && kept.to >= to ? kept : this.#begin(start, to)).window;
  }

  /** Ends the requests of windows for which this does not hold. */
  keepFetching(isNeeded: (start: number) => boolean): void {
    for (const [start, { controller }] of this.#fetches) if (!isNeeded(start)) controller.abort();
  }

  #begin(start: number, to: number): Fetch {
    const controller = new AbortController();
    const window = this.#requests.steps(start, to, controller.signal).then((bytes) => this.#add(new StepWindow(bytes)));
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
}

function startsBetween(first: number, last: number): number[] {
  const starts: number[] = [];
  for (let start = windowStart(first); start < last; start += WINDOW_EVENTS) starts.push(start);
  return starts;
}
