import { TILE_ENTRIES } from "@ballast/core/memory";

/** What is looked for: a real page of a VM, a frame, or a virtual page of a process; or instead of one page all pages of a tile. */
export const PageKind = { Real: 1, RealTile: 2, Physical: 3, PhysicalTile: 4, Virtual: 5, VirtualTile: 6 } as const;
export type PageKind = (typeof PageKind)[keyof typeof PageKind];

const TILE_KINDS = {
  [PageKind.Real]: PageKind.RealTile,
  [PageKind.Physical]: PageKind.PhysicalTile,
  [PageKind.Virtual]: PageKind.VirtualTile,
} as const;
export type SinglePageKind = keyof typeof TILE_KINDS;

/** Frames have VM 0; what is no virtual page has process 0. */
export type NamedPage = { readonly kind: SinglePageKind; readonly vm: number; readonly process: number; readonly page: number };

/** Of each of the two filters of a range: one of real pages and frames, and one of virtual pages, which earlier versions did not write. */
export const BLOCKS_PER_FILTER = 64;
/** A hash decides by its upper bits which block of its filter it belongs to. */
const BLOCK_SHIFT = 26;

/** Where in the filters of a range a page is entered. */
export type FilterEntry = { readonly block: number; readonly hash: number };

/** 32 bits that are as good as drawn: the finaliser of MurmurHash3 (Austin Appleby, public domain). */
export function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** `mix(0)` is 0: process 0 changes nothing. */
export function hashPage(kind: PageKind, vm: number, process: number, page: number): number {
  return mix(mix(Math.imul(vm, 8) + kind) ^ mix(process) ^ page);
}

/** Under one of these a page is entered: its own, or where an event names many pages the tile's. */
export function entriesOf({ kind, vm, process, page }: NamedPage): readonly FilterEntry[] {
  const hashes = [hashPage(kind, vm, process, page), hashPage(tileKindOf(kind), vm, process, Math.floor(page / TILE_ENTRIES))];
  const firstBlock = kind === PageKind.Virtual ? BLOCKS_PER_FILTER : 0;
  return hashes.map((hash) => ({ block: firstBlock + blockWithin(hash), hash }));
}

/** Which block of its filter. */
export function blockWithin(hash: number): number {
  return hash >>> BLOCK_SHIFT;
}

export function tileKindOf(kind: SinglePageKind): PageKind {
  return TILE_KINDS[kind];
}
