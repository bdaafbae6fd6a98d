import { NO_PAGE } from "../../../ids/index.ts";
import { loadSparse, saveSparse, type SparseColumn } from "../../structures/sparse-column.ts";
import type { Candidates, ScannedPage } from "./candidates.ts";

export type UnstableTreeState = {
  /** Content, frame, content, frame ... */
  readonly entries: Uint32Array;
  readonly checksums: readonly { readonly vm: number; readonly contents: SparseColumn<Uint32Array> }[];
};

/**
 * KSM's way (Linux mm/ksm.c): only a page whose checksum has not changed since the pass before may enter the tree of
 * candidates, and the tree is thrown away at the end of each pass, because nothing keeps its pages from being written to.
 */
export class UnstableTree implements Candidates {
  private readonly frameByContent = new Map<number, number>();
  /** Per VM, per real page: what it held when it was last looked at; 0 if it never was. */
  private readonly checksums = new Map<number, Uint32Array>();
  private readonly pagesOf: (vm: number) => number;

  constructor(pagesOf: (vm: number) => number) {
    this.pagesOf = pagesOf;
  }

  meet({ vm, real, frame, content }: ScannedPage): number {
    const checksums = this.checksumsOf(vm);
    if (checksums[real] !== content) {
      checksums[real] = content;
      return NO_PAGE;
    }
    const found = this.frameByContent.get(content);
    if (found === undefined) this.remember(content, frame);
    return found === undefined || found === frame ? NO_PAGE : found;
  }

  remember(content: number, frame: number): void {
    this.frameByContent.set(content, frame);
  }

  forget(content: number): void {
    this.frameByContent.delete(content);
  }

  endPass(): void {
    this.frameByContent.clear();
  }

  save(): UnstableTreeState {
    return {
      entries: Uint32Array.from([...this.frameByContent].flat()),
      checksums: [...this.checksums].map(([vm, contents]) => ({ vm, contents: saveSparse(contents) })),
    };
  }

  load({ entries, checksums }: UnstableTreeState): void {
    this.frameByContent.clear();
    for (let at = 0; at < entries.length; at += 2) this.frameByContent.set(entries[at], entries[at + 1]);
    this.checksums.clear();
    for (const { vm, contents } of checksums) loadSparse(this.checksumsOf(vm), contents);
  }

  private checksumsOf(vm: number): Uint32Array {
    let checksums = this.checksums.get(vm);
    if (checksums === undefined) {
      checksums = new Uint32Array(this.pagesOf(vm));
      this.checksums.set(vm, checksums);
    }
    return checksums;
  }
}
