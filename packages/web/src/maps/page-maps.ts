import { readMap } from "./answers.ts";
import { LiveMap, type PageMap } from "./live-map.ts";
import { type MapRequest, MapRequests } from "./map-requests.ts";
import { type PageActivity, readActivity } from "./page-activity.ts";
import { type PageAges, readAges } from "./page-ages.ts";
import type { StateTables } from "./states.ts";
import { LEAPS, STEPS, windowStart } from "./step-window.ts";
import { WindowStore } from "./window-store.ts";

export type PageMapsOptions = {
  /** The run's id. */
  readonly run: string;
  readonly request: MapRequest;
  /** The last stored position that is known; raise it with `setHead`. */
  readonly head: number;
  /** Of kept windows of steps and the map, and half as much again of leaps; 64 MiB if not given. */
  readonly maxBytes?: number;
};

const DEFAULT_MAX_BYTES = 64 * 2 ** 20;
/** Of more windows that are missing on the way a difference is asked for instead. */
const MAX_MISSING_WINDOWS = 2;
/** Of more windows of leaps a whole map. */
const MAX_MISSING_LEAPS = 4;
/** Windows of leaps on either side of a position that is rested at: half a million events. */
const AHEAD_LEAPS = 8;
/** Requests that may go before a map is asked for whole: to where leaps begin, and for the leaps. */
const MAX_ATTEMPTS = 2;
/** The server compares moments that are no further apart. */
const MAX_COMPARED_EVENTS = 65_536;

/** A part of a way: by windows of one kind, to a position. */
type Leg = { readonly windows: WindowStore; readonly to: number };

/** The maps of one run. There is one live map, which is moved: by kept windows of steps or leaps, by a difference, or by a whole map. */
export class PageMaps {
  readonly #requests: MapRequests;
  readonly #windows: WindowStore;
  readonly #leaps: WindowStore;
  #head: number;
  #states: StateTables | undefined;
  #map: LiveMap | undefined;
  /** Of the `at` or `near` that waits. */
  #waiting = new AbortController();

  constructor({ run, request, head, maxBytes = DEFAULT_MAX_BYTES }: PageMapsOptions) {
    this.#head = head;
    const requests = new MapRequests(run, request);
    this.#requests = requests;
    this.#windows = new WindowStore(STEPS, (...range) => requests.steps(...range), maxBytes);
    this.#leaps = new WindowStore(LEAPS, (...range) => requests.leaps(...range), maxBytes / 2);
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
    const either = this.#begin(position, signal);
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
    return this.#follow([{ windows: this.#windows, to: position }])?.picture();
  }

  /**
   * Moves to about a position, no further from it than half a leap, or a leap at the run's end: for somebody who drags through a long run, where each picture is
   * thousands of events from the one before. Like `at` otherwise.
   */
  async near(position: number, signal?: AbortSignal): Promise<PageMap> {
    const either = this.#begin(position, signal);
    for (let attempt = 1; ; attempt++) {
      const picture = this.peekNear(position);
      if (picture !== undefined) return picture;
      either.throwIfAborted();
      await this.#approachLeap(this.#leapNear(position), attempt, either);
      either.throwIfAborted();
    }
  }

  /** The same without any request; undefined where one is needed. */
  peekNear(position: number): PageMap | undefined {
    const before = this.#map?.position ?? 0;
    const map = this.#followLeaps(this.#leapNear(position));
    // Who has come from afar goes on like that.
    if (map !== undefined && map.position !== before) this.#prefetchLeaps(map.position > before ? 1 : -1);
    return map?.picture();
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

  /**
   * How long no process has accessed each page, and which are dirty: the server executes the run again for it. Undefined: it is not done yet, but
   * goes on, so that one asks again. @throws as `request` does.
   */
  async activity(position: number, signal: AbortSignal): Promise<PageActivity | undefined> {
    const bytes = await this.#requests.activity(position, signal);
    return bytes === undefined ? undefined : readActivity(bytes);
  }

  /** While playing: fetches the window that comes next in this direction, so that `peek` does not run dry. */
  prefetch(direction: 1 | -1): void {
    if (this.#map === undefined) return;
    const own = windowStart(STEPS, this.#map.position);
    for (const start of [own, own + direction * STEPS.windowEvents]) this.#windows.fetchSoon(start, this.#head);
  }

  /**
   * While nothing moves: fetches the nearest window that is missing, of so many on either side; then, where somebody has come by leaps, the nearest of
   * leaps. Returns whether there was one.
   */
  async fetchNearest(windows: number): Promise<boolean> {
    if (this.#map === undefined) return false;
    const { position } = this.#map;
    if (await this.#windows.fetchNearest(position, windows, this.#head)) return true;
    return !this.#leaps.isEmpty && (await this.#leaps.fetchNearest(position, AHEAD_LEAPS, this.#leapNear(this.#head)));
  }

  close(): void {
    this.#waiting.abort(new DOMException("the maps were closed", "AbortError"));
    for (const windows of [this.#windows, this.#leaps]) windows.keepFetching(() => false);
  }

  #begin(position: number, signal: AbortSignal | undefined): AbortSignal {
    this.#waiting.abort(new DOMException(`the map at ${position} was asked for instead`, "AbortError"));
    this.#waiting = new AbortController();
    return signal === undefined ? this.#waiting.signal : AbortSignal.any([this.#waiting.signal, signal]);
  }

  /** Moves the map if all windows of the way are there. */
  #follow(legs: readonly Leg[]): LiveMap | undefined {
    const map = this.#map;
    if (map === undefined) return undefined;
    const from = (index: number): number => legs[index - 1]?.to ?? map.position;
    if (!legs.every(({ windows, to }, index) => windows.hasBetween(from(index), to))) return undefined;
    for (const { windows, to } of legs) windows.move(map, to);
    return map;
  }

  /** By steps to where a leap ends, and on by leaps. */
  #followLeaps(to: number): LiveMap | undefined {
    for (const start of this.#leapEnds(to)) {
      const map = this.#follow([
        { windows: this.#windows, to: start },
        { windows: this.#leaps, to },
      ]);
      if (map !== undefined) return map;
    }
    return undefined;
  }

  /** Where leaps end beside the map, that on the way to a position first. */
  #leapEnds(to: number): number[] {
    const { position } = this.#map ?? { position: 0 };
    const before = position - (position % LEAPS.stepEvents);
    const ends = before === position ? [before] : [before, before + LEAPS.stepEvents].filter((end) => end <= this.#head);
    return to > position ? ends.toReversed() : ends;
  }

  #leapNear(position: number): number {
    const last = Math.floor(this.#head / LEAPS.stepEvents);
    return Math.min(last, Math.round(position / LEAPS.stepEvents)) * LEAPS.stepEvents;
  }

  #prefetchLeaps(direction: 1 | -1): void {
    if (this.#map === undefined) return;
    this.#leaps.fetchSoon(windowStart(LEAPS, this.#map.position) + direction * LEAPS.windowEvents, this.#leapNear(this.#head));
  }

  /** One request, or a few simultaneously, that bring the map nearer to a position. */
  async #approach(position: number, attempt: number, signal: AbortSignal): Promise<void> {
    const map = this.#map;
    const own = windowStart(STEPS, position);
    const isNear = (start: number): boolean => Math.abs(start - own) <= STEPS.windowEvents;
    const distance = Math.abs(position - (map?.position ?? Infinity));
    // Leaps that are there lead to the windows beside it.
    if (attempt === 1 && distance > LEAPS.stepEvents && this.#followLeaps(this.#leapNear(position)) !== undefined) return;
    if (map === undefined || distance > MAX_COMPARED_EVENTS) {
      this.#windows.keepFetching(isNear);
      return await this.#loadWhole(position, signal);
    }
    const missing = this.#windows.missingBetween(map.position, position);
    this.#windows.keepFetching((start) => missing.includes(start) || isNear(start));
    // Later they do not fit into the memory together.
    if (attempt <= MAX_ATTEMPTS && missing.length <= MAX_MISSING_WINDOWS) return await this.#windows.fetchAll(missing, this.#head, signal);
    await this.#loadDifference(map, position, signal);
  }

  /** The same to where a leap ends. */
  async #approachLeap(to: number, attempt: number, signal: AbortSignal): Promise<void> {
    const map = this.#map;
    const [start = to] = this.#leapEnds(to);
    const missing = this.#leaps.missingBetween(start, to);
    this.#leaps.keepFetching((each) => missing.includes(each));
    if (map === undefined || attempt > MAX_ATTEMPTS || missing.length > MAX_MISSING_LEAPS) return await this.#loadWhole(to, signal);
    if (map.position !== start && !this.#windows.hasBetween(map.position, start)) return await this.#loadDifference(map, start, signal);
    await this.#leaps.fetchAll(missing, this.#leapNear(this.#head), signal);
  }

  async #loadDifference(map: LiveMap, to: number, signal: AbortSignal): Promise<void> {
    const from = map.position;
    const bytes = await this.#requests.difference(from, to, signal);
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
}
