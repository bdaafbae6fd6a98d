import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { parameter, setParameters } from "../address/address.ts";
import type { MapSpace, PageActivity, PageAges } from "../maps/index.ts";
import { pageClick } from "../run/page-click.ts";
import { askedPosition, showPosition } from "../run/position.ts";
import { isFinal, type RunHead } from "../run/run-head.ts";
import { parseSelection, type Selection, selectionText } from "../run/selection.ts";
import { COLOUR_MODES, type ColourMode, type Colouring, colouringOf, isLayer } from "./colouring/colouring.ts";
import { layerOf, type PageLayer } from "./colouring/page-layer.ts";
import { readPalette, type Palette } from "./colouring/palette.ts";
import { colourScheme } from "./colouring/colour-scheme.ts";
import { NO_LINKS, type PageLinks } from "./links/page-links.ts";
import { countPages } from "./moment/space-counts.ts";
import { MapSession } from "./map-session.ts";
import { TimeIndex } from "./timeline/time-index.ts";

/** By VM (0: the host) and page. */
export type CellNames = ReadonlyMap<number, ReadonlyMap<number, string>>;

const countedCells = new WeakMap<Uint8Array, Uint32Array>();

/** The cells of a layer do not change: they are counted once. */
function countCells(cells: Uint8Array): Uint32Array {
  const counts = countedCells.get(cells) ?? countPages(cells, null);
  countedCells.set(cells, counts);
  return counts;
}

/** What the parts of the screen share: the run, the moment, how it is coloured, and which page is looked at. */
export class MapModel {
  readonly run: ReadonlySignal<RunHead>;
  readonly session: MapSession;
  readonly times = new TimeIndex();
  /** Where the pointer or a grid's cursor is. */
  readonly pointed = signal<Selection | undefined>(undefined);
  readonly pointedLinks = signal<PageLinks>(NO_LINKS);
  readonly selectedLinks = signal<PageLinks>(NO_LINKS);
  /** Of small hosts: names that the scenario gives to what is in a page, by VM (0: the host) and page. */
  readonly cellNames = signal<CellNames>(new Map());
  /** Where pages are coloured by age: those of the moment that was rested at last. */
  readonly ages = signal<PageAges | undefined>(undefined);
  /** Likewise by idle age, or by dirty pages. */
  readonly activity = signal<PageActivity | undefined>(undefined);
  /** Why there is none at the moment shown. */
  readonly activityError = signal<unknown>(undefined);
  /** For screen readers. */
  readonly announcement = signal("");
  readonly isPlaying = signal(false);

  readonly head = computed(() => Number(this.run.value.headPosition));
  readonly headTimeNs = computed(() => Number(this.run.value.headTimeNs));
  /** The position that is asked for; the picture of it may still be on its way. */
  readonly position = computed(() => Math.min(askedPosition.value ?? this.head.value, this.head.value));
  readonly isFollowing = computed(() => askedPosition.value === undefined && !isFinal(this.run.value));
  readonly names = computed(() => this.run.value.scenario.vmNames);

  readonly #mode = parameter("colours");
  readonly #only = parameter("only");
  readonly #page = parameter("page");

  readonly mode = computed((): ColourMode => COLOUR_MODES.find((mode) => mode === this.#mode.value) ?? "owner");
  /** Keys of the legend's entries that are not dimmed; empty: none is. */
  readonly only = computed(() => new Set((this.#only.value ?? "").split(",").filter((key) => key !== "")));
  readonly selection = computed(() => parseSelection(this.#page.value));

  /** What is drawn instead of states, once it is there. */
  readonly layer = computed((): PageLayer | undefined => {
    const mode = this.mode.value;
    return isLayer(mode) ? layerOf(mode, this.ages.value, this.activity.value) : undefined;
  });
  /** By state while a layer is on its way. */
  readonly colouring = computed((): Colouring | undefined => {
    const isThere = this.session.shown.value !== undefined;
    const tables = this.session.maps.states;
    if (!isThere || tables === undefined) return undefined;
    const mode = this.mode.value;
    return this.layer.value?.colouring ?? colouringOf(mode === "owner" ? mode : "state", tables, this.allNames.value);
  });
  readonly palette = computed((): Palette | undefined => {
    const colouring = this.colouring.value;
    if (colourScheme.value === 0 || colouring === undefined) return undefined;
    const only = colouring.mode === this.mode.value ? this.only.value : new Set<string>();
    return readPalette(colouring.entries, (key) => only.size > 0 && !only.has(key));
  });

  /** With those of VMs that were added while the run went on. */
  readonly allNames: ReadonlySignal<readonly string[]> = computed(() => {
    const added = this.#addedNames.value;
    return added.length > this.names.value.length ? added : this.names.value;
  });
  readonly #addedNames = signal<readonly string[]>([]);

  constructor(run: ReadonlySignal<RunHead>) {
    this.run = run;
    this.session = new MapSession(run.peek().id, Number(run.peek().headPosition));
    this.session.onPicture(({ position, timeNs, spaces }) => {
      this.times.add(position, timeNs);
      if (spaces.length - 1 > this.allNames.peek().length) this.#addedNames.value = spaces.slice(1).map(({ name }) => name ?? "");
    });
  }

  nameOf = (vm: number): string => this.allNames.value[vm - 1] ?? `VM ${vm}`;

  /** The space of the host (undefined) or of a VM, if it is there at the moment shown. */
  spaceOf(vm: number | undefined): MapSpace | undefined {
    return this.session.map?.spaces[vm ?? 0];
  }

  /** What is drawn of a space: its pages' states, or the cells of a layer as if these were states. */
  drawnSpace(vm: number | undefined): MapSpace | undefined {
    const space = this.spaceOf(vm);
    const layer = this.layer.peek();
    if (layer === undefined || space === undefined) return space;
    const cells = layer.cells[vm ?? 0];
    return cells?.length === space.states.length ? { ...space, states: cells, owners: null, changed: null } : undefined;
  }

  /** The drawn pages by owner and state. */
  drawnCounts(vm: number | undefined): Uint32Array | undefined {
    const layer = this.layer.peek();
    if (layer === undefined) return this.session.countsOf(vm);
    const cells = layer.cells[vm ?? 0];
    return cells === undefined ? undefined : countCells(cells);
  }

  /** Moves to a position, which ends following and is kept within the run. */
  scrub(position: number): void {
    showPosition(Math.max(0, Math.min(this.head.peek(), Math.round(position))));
  }

  setMode(mode: ColourMode): void {
    setParameters({ colours: mode === "owner" ? undefined : mode, only: undefined }, { step: true });
  }

  toggle(key: string): void {
    const only = new Set(this.only.peek());
    if (!only.delete(key)) only.add(key);
    setParameters({ only: only.size === 0 ? undefined : [...only].join(",") }, { step: true });
  }

  /** A page was clicked, or taken by the space key: it is selected, or touched while a click does that. */
  take(page: Selection | undefined): void {
    const touch = page === undefined ? undefined : pageClick.peek();
    if (page === undefined || touch === undefined) this.select(page);
    else touch(page);
  }

  select(selection: Selection | undefined): void {
    setParameters({ page: selection === undefined ? undefined : selectionText(selection) }, { step: true });
  }
}
