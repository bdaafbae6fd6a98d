import type { EventBatch } from "@ballast/core/events";
import { TILE_ENTRIES } from "@ballast/core/memory";
import { type PageMatcher, physicalPages, realPages, virtualPages } from "../page-events.ts";
import { BloomFilterBuilder } from "./bloom-filter.ts";
import { hashPage, PageKind, type SinglePageKind, tileKindOf } from "./page-key.ts";

/** The pages that events name: one filter of real pages and frames, and one of virtual pages. */
export class PageFilterBuilder {
  readonly #hostPages = new BloomFilterBuilder();
  readonly #virtualPages = new BloomFilterBuilder();
  readonly #real = new PageCollector(this.#hostPages, PageKind.Real, realPages);
  readonly #physical = new PageCollector(this.#hostPages, PageKind.Physical, physicalPages);
  readonly #virtual = new PageCollector(this.#virtualPages, PageKind.Virtual, virtualPages);

  add(batch: EventBatch): void {
    for (let i = 0; i < batch.length; i++) {
      const vm = batch.vms[i]!;
      this.#real.add(batch, i, vm, 0);
      this.#physical.add(batch, i, 0, 0);
      this.#virtual.add(batch, i, vm, batch.processes[i]!);
    }
  }

  /** The bits of each block, as `entriesOf` numbers them. */
  finish(): Uint8Array[] {
    return [...this.#hostPages.finish(), ...this.#virtualPages.finish()];
  }
}

/** Enters the pages of one kind into a filter. */
class PageCollector {
  readonly #filter: BloomFilterBuilder;
  readonly #kind: SinglePageKind;
  readonly #tileKind: PageKind;
  readonly #matcher: PageMatcher;

  constructor(filter: BloomFilterBuilder, kind: SinglePageKind, matcher: PageMatcher) {
    this.#filter = filter;
    this.#kind = kind;
    this.#tileKind = tileKindOf(kind);
    this.#matcher = matcher;
  }

  add(batch: EventBatch, index: number, vm: number, process: number): void {
    const places = this.#matcher.placesOf(batch.types[index]!);
    if (places === undefined) return;
    for (const { first, end, span } of places) {
      const page = batch[first][index]!;
      const past = end === undefined ? page + span : batch[end][index]!;
      if (past === page + 1) this.#filter.add(hashPage(this.#kind, vm, process, page));
      else {
        for (let tile = Math.floor(page / TILE_ENTRIES); tile * TILE_ENTRIES < past; tile++) {
          this.#filter.add(hashPage(this.#tileKind, vm, process, tile));
        }
      }
    }
  }
}
