import { readMap, type SpaceHeader } from "./answers.ts";
import { LiveSpace, type MapSpace } from "./live-space.ts";
import type { StepWindow } from "./step-window.ts";

/** LIVE view: its arrays are those of the PageMaps and hold until the next `at`/`peek` resolves. Copy what you keep. */
export type PageMap = {
  readonly position: number;
  readonly timeNs: number;
  /** The host, then the VMs by number; empty before the host has started. */
  readonly spaces: readonly MapSpace[];
};

/** The map that is moved from position to position. */
export class LiveMap {
  readonly #ownerShift: number;
  #position = 0;
  #timeNs = 0;
  #spaces: LiveSpace[] = [];

  /** The map before the first event: without spaces. */
  constructor(ownerShift: number) {
    this.#ownerShift = ownerShift;
  }

  get position(): number {
    return this.#position;
  }

  get bytes(): number {
    return this.#spaces.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** A whole map, or a difference from the position where this one is. */
  load(bytes: Uint8Array): void {
    const { header, eachRun } = readMap(bytes);
    if (header.base === null) this.#spaces = [];
    else if (header.base !== this.#position) throw new Error(`a difference from ${header.base} does not fit a map at ${this.#position}`);
    this.#addSpaces(header.spaces);
    eachRun((space, first, pages, xor) => this.#spaces[space]!.apply(first, pages, xor));
    this.#spaces.length = header.spaces.length;
    this.#position = header.position;
    this.#timeNs = header.timeNs;
  }

  /** To a position within a window, from one within it. */
  step(window: StepWindow, to: number): void {
    const spaces = window.spaces.filter(({ since }) => since <= to);
    this.#addSpaces(spaces);
    const [first, last] = [Math.min(this.#position, to), Math.max(this.#position, to)];
    window.apply(first, last, (space, page, pages, xor) => this.#spaces[space]!.apply(page, pages, xor));
    this.#spaces.length = spaces.length;
    this.#position = to;
    this.#timeNs = window.timeNsAt(to);
  }

  /** What it shows now; `changed` counts from here on. */
  picture(): PageMap {
    return { position: this.#position, timeNs: this.#timeNs, spaces: this.#spaces.map((space) => space.picture()) };
  }

  #addSpaces(spaces: readonly SpaceHeader[]): void {
    for (const space of spaces.slice(this.#spaces.length)) this.#spaces.push(new LiveSpace(space, this.#ownerShift));
  }
}
