import { TILE_ENTRIES } from "@ballast/core/memory";

/** What is looked for: a real page of a VM, or a frame with VM 0; or instead of one page all pages of a tile. */
export const PageKind = { Real: 1, RealTile: 2, Physical: 3, PhysicalTile: 4 } as const;
export type PageKind = (typeof PageKind)[keyof typeof PageKind];

/** 32 bits that are as good as drawn: the finaliser of MurmurHash3 (Austin Appleby, public domain). */
export function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export function hashPage(kind: PageKind, vm: number, page: number): number {
  return mix(mix(Math.imul(vm, 8) + kind) ^ page);
}

/** Under one of these a page is entered: its own, or where an event names many pages the tile's. */
export function hashesOf(kind: typeof PageKind.Real | typeof PageKind.Physical, vm: number, page: number): readonly [number, number] {
  return [hashPage(kind, vm, page), hashPage(tileKindOf(kind), vm, Math.floor(page / TILE_ENTRIES))];
}

export function tileKindOf(kind: typeof PageKind.Real | typeof PageKind.Physical): PageKind {
  return kind === PageKind.Real ? PageKind.RealTile : PageKind.PhysicalTile;
}
