import { signal } from "@preact/signals";
import { isAbort } from "../api/api-error.ts";
import { request } from "../api/request.ts";
import { type PageMap, PageMaps } from "../maps/index.ts";
import { SpaceCounts } from "./moment/space-counts.ts";

/** A position that is shown for so long is rested at. */
const IDLE_MS = 150;
/** Positions that are asked for in shorter succession belong to one drag. */
const DRAG_MS = 250;
/** Of a drag that moves further with each picture those of about its positions are shown until it rests. */
const FAR_EVENTS = 8_192;
/** Windows of 4,096 events on either side of the position: some megabytes. */
const AHEAD_WINDOWS = 12;

type Listener = (map: PageMap) => void;

/** What is drawn of a run: the map at one position, moved as fast as the maps at hand allow. */
export class MapSession {
  readonly maps: PageMaps;
  /** Of the picture that is shown; undefined before the first. */
  readonly shown = signal<{ readonly position: number; readonly timeNs: number } | undefined>(undefined);
  readonly error = signal<unknown>(undefined);
  readonly #listeners = new Set<Listener>();
  readonly #abort = new AbortController();
  /** In the order of the spaces. */
  #counts: SpaceCounts[] = [];
  #map: PageMap | undefined;
  #isWaiting = false;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #askedAt = -Infinity;
  /** Asked for while another position was on its way. */
  #next: { readonly position: number; readonly isNearEnough: boolean } | undefined;

  constructor(run: string, head: number) {
    this.maps = new PageMaps({ run, head, request });
  }

  /** The picture that is shown. Its `changed` are those of the last move. */
  get map(): PageMap | undefined {
    return this.#map;
  }

  /** Pages by owner and state (see `SpaceCounts`) of the host (undefined) or a VM, if it is there at the moment shown. */
  countsOf(vm: number | undefined): Uint32Array | undefined {
    return this.#counts[vm ?? 0]?.counts;
  }

  /** Is given every picture: what has changed is counted from the one before. Returns what ends it. */
  onPicture(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Shows a position: immediately if that needs no request, and returns whether it did. While a request is under way it is not
   * aborted, or a drag would show nothing before its end: the newest position is asked for behind it. A drag over long distances shows
   * positions nearby, and the exact one when it rests.
   */
  show(position: number): boolean {
    if (this.#map?.position === position && !this.#isWaiting) return true;
    clearTimeout(this.#rest);
    const isDrag = performance.now() - this.#askedAt < DRAG_MS;
    this.#askedAt = performance.now();
    const map = this.maps.peek(position);
    if (map !== undefined) {
      this.#next = this.#isWaiting ? { position, isNearEnough: false } : undefined;
      this.#deliver(map);
      return true;
    }
    const isFar = Math.abs(position - (this.#map?.position ?? position)) > FAR_EVENTS;
    if (isDrag && isFar) this.#showNear(position);
    else this.#ask(position);
    return false;
  }

  #showNear(position: number): void {
    this.#rest = setTimeout(() => this.#ask(position), IDLE_MS);
    const map = this.maps.peekNear(position);
    if (map === undefined) return this.#ask(position, true);
    this.#next = undefined;
    this.#deliver(map);
  }

  #ask(position: number, isNearEnough = false): void {
    this.#next = { position, isNearEnough };
    if (!this.#isWaiting) void this.#askNext();
  }

  close(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#rest);
    this.#abort.abort();
    this.maps.close();
    this.#listeners.clear();
  }

  async #askNext(): Promise<void> {
    this.#isWaiting = true;
    while (this.#next !== undefined && !this.#abort.signal.aborted) {
      const { position, isNearEnough } = this.#next;
      this.#next = undefined;
      try {
        this.#deliver(await this.maps[isNearEnough ? "near" : "at"](position, this.#abort.signal));
      } catch (error) {
        if (!isAbort(error)) this.error.value = error;
      }
    }
    this.#isWaiting = false;
  }

  /** Fetches what lies beside the position, so that the next step or drag needs no request. */
  async #fetchAhead(): Promise<void> {
    try {
      const map = this.#map;
      while (map === this.#map && !this.#abort.signal.aborted && (await this.maps.fetchNearest(AHEAD_WINDOWS)));
    } catch {
      // Whoever needs it asks again, and is told why there is none.
    }
  }

  #deliver(map: PageMap): void {
    if (this.#abort.signal.aborted) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#fetchAhead(), IDLE_MS);
    this.#map = map;
    this.#counts = map.spaces.map((space, index) => {
      const counts = this.#counts[index] ?? new SpaceCounts();
      counts.update(space);
      return counts;
    });
    this.error.value = undefined;
    for (const listener of this.#listeners) listener(map);
    this.shown.value = { position: map.position, timeNs: map.timeNs };
  }
}
