import { readMap } from "./answers.ts";
import { LiveMap, type PageMap } from "./live-map.ts";
import { type MapRequest, MapRequests } from "./map-requests.ts";
import { type PageAges, readAges } from "./page-ages.ts";
import type { StateTables } from "./states.ts";
import { WINDOW_EVENTS, windowStart } from "./step-window.ts";
import { WindowStore } from "./window-store.ts";

export type PageMapsOptions = {
  /** The run's id. */
  readonly run: string;
  readonly request: MapRequest;
  /** The last stored position that is known; raise it with `setHead`. */
  readonly head: number;
  /** Of kept windows and the map; 64 MiB if not given. */
  readonly maxBytes?: number;
};

const DEFAULT_MAX_BYTES = 64 * 2 ** 20;
/** Of more windows that are missing on the way a difference is asked for instead. */
const MAX_MISSING_WINDOWS = 2;
/** The server compares moments that are no further apart. */
const MAX_COMPARED_EVENTS = 65_536;

/** The maps of one run. There is one live map, which is moved: by kept windows of steps, by a difference, or by a whole map. */
export class PageMaps {
  readonly #requests: MapRequests;
  readonly #windows: WindowStore;
  #head: number;
  #states: StateTables | undefined;
  #map: LiveMap | undefined;
  /** Of the `at` that waits. */
  #waiting = new AbortController();

  constructor({ run, request, head, maxBytes = DEFAULT_MAX_BYTES }: PageMapsOptions) {
    this.#head = head;
    this.#requests = new MapRequests(run, request);
    this.#windows = new WindowStore(this.#requests, maxBytes);
  }

  /** Known once `at` has resolved the first time. */
  get states(): StateTables | undefined {
    return this.#states;
  }

  setHead(position: number): void {
    this.#head = Math.max(this.#head, position);
  }

  /**
   * Moves to a position. A later call makes an earlier one that waits obsolete: that one rejects with an AbortError, and its requests are ended.
   * @throws what `request` throws; what `signal` was aborted with.
   */
  async at(position: number, signal?: AbortSignal): Promise<PageMap> {
    this.#waiting.abort(new DOMException(`the map at ${position} was asked for instead`, "AbortError"));
    this.#waiting = new AbortController();
    const either = signal === undefined ? this.#waiting.signal : AbortSignal.any([this.#waiting.signal, signal]);
    this.setHead(position);
    for (let attempt = 1; ; attempt++) {
      const picture = this.peek(position);
      if (picture !== undefined) return picture;
      either.throwIfAborted();
      await this.#approach(position, attempt, either);
      either.throwIfAborted();
    }
  }

  /** The same without any request; undefined where one is needed. */
  peek(position: number): PageMap | undefined {
    const map = this.#map;
    if (map === undefined) return undefined;
    if (map.position === position) return map.picture();
    const isForward = position > map.position;
    const windows = this.#windows.between(Math.min(map.position, position), Math.max(map.position, position));
    if (!windows.every((window) => window !== undefined)) return undefined;
    for (const window of isForward ? windows : windows.toReversed()) {
      map.step(window, isForward ? Math.min(window.to, position) : Math.max(window.from, position));
    }
    return map.picture();
  }

  /** The last position that is not after a simulated time, without any request; undefined where one is needed. */
  positionAt(timeNs: number): number | undefined {
    return this.#windows.positionAt(timeNs);
  }

  /** The simulated time of a position, without any request; undefined where one is needed. */
  timeNsAt(position: number): number | undefined {
    return this.#windows.timeNsAt(position);
  }

  /** The time since the last event of every page, for a moment at which somebody rests: it is asked for each time. */
  async ages(position: number, signal: AbortSignal): Promise<PageAges> {
    return readAges(await this.#requests.ages(position, signal));
  }

  /** While playing: fetches the window that comes next in this direction, so that `peek` does not run dry. */
  prefetch(direction: 1 | -1): void {
    if (this.#map === undefined) return;
    const own = windowStart(this.#map.position);
    for (const start of [own, own + direction * WINDOW_EVENTS]) {
      if (start < 0 || start >= this.#head) continue;
      const end = Math.min(start + WINDOW_EVENTS, this.#head);
      // Whether it fails or not: `at` asks again, and says why.
      if (this.#windows.missingBetween(start, end).length > 0) this.#windows.fetch(start, this.#head).catch(() => undefined);
    }
  }

  /** While nothing moves: fetches the nearest window that is missing, of so many on either side. Returns whether there was one. */
  async fetchNearest(windows: number): Promise<boolean> {
    if (this.#map === undefined) return false;
    const own = windowStart(this.#map.position);
    for (let distance = 0; distance <= windows; distance++) {
      for (const start of [own + distance * WINDOW_EVENTS, own - distance * WINDOW_EVENTS]) {
        if (start < 0 || start >= this.#head) continue;
        if (this.#windows.missingBetween(start, Math.min(start + WINDOW_EVENTS, this.#head)).length === 0) continue;
        await this.#windows.fetch(start, this.#head);
        return true;
      }
    }
    return false;
  }

  close(): void {
    this.#waiting.abort(new DOMException("the maps were closed", "AbortError"));
    this.#windows.keepFetching(() => false);
  }

  /** One request, or a few simultaneously, that bring the map nearer to a position. */
  async #approach(position: number, attempt: number, signal: AbortSignal): Promise<void> {
    const map = this.#map;
    const own = windowStart(position);
    const distance = Math.abs(position - (map?.position ?? Infinity));
    if (map === undefined || distance > MAX_COMPARED_EVENTS) {
      this.#windows.keepFetching((start) => Math.abs(start - own) <= WINDOW_EVENTS);
      return await this.#loadWhole(position, signal);
    }
    const missing = this.#windows.missingBetween(Math.min(map.position, position), Math.max(map.position, position));
    this.#windows.keepFetching((start) => missing.includes(start) || Math.abs(start - own) <= WINDOW_EVENTS);
    // The second time they do not fit into the memory together.
    if (attempt === 1 && missing.length <= MAX_MISSING_WINDOWS) return await this.#fetchAll(missing, signal);
    const from = map.position;
    const bytes = await this.#requests.difference(from, position, signal);
    // Meanwhile `peek` may have moved the map.
    if (map.position === from) map.load(bytes);
  }

  async #loadWhole(position: number, signal: AbortSignal): Promise<void> {
    const bytes = await this.#requests.map(position, signal);
    this.#states ??= readMap(bytes).header.states;
    if (this.#states === undefined) throw new Error(`the map at ${position} does not say what its states are`);
    this.#map ??= new LiveMap(this.#states.ownerShift);
    this.#map.load(bytes);
  }

  async #fetchAll(starts: readonly number[], signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<never>();
    const abort = (): void => aborted.reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    try {
      await Promise.race([Promise.all(starts.map((start) => this.#windows.fetch(start, this.#head))), aborted.promise]);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }
}
