import { NO_PAGE } from "../../../ids/index.ts";
import { expandSparse, saveSparse, type SparseColumn } from "../../structures/sparse-column.ts";
import type { Candidates, ScannedPage } from "./candidates.ts";

/**
 * ESX's way (C. A. Waldspurger, OSDI 2002, section 4): a page hashed for the first time leaves a hint in the table of
 * hashes, and nothing keeps it from being written to. A later page that meets the hint has the hint's page hashed again.
 */
export class HintTable implements Candidates {
  private readonly frameByContent = new Map<number, number>();
  /** Per frame: the content that its one hint names; 0 for none. As long as there are frames, from the first hint on. */
  private contentByFrame: Uint32Array = new Uint32Array(0);
  private readonly frameCount: number;

  constructor(frameCount: number) {
    this.frameCount = frameCount;
  }

  meet({ frame, content }: ScannedPage): number {
    const hint = this.frameByContent.get(content);
    if (hint === undefined) this.remember(content, frame);
    return hint === undefined || hint === frame ? NO_PAGE : hint;
  }

  find(content: number): number {
    return this.frameByContent.get(content) ?? NO_PAGE;
  }

  remember(content: number, frame: number): void {
    if (this.contentByFrame.length === 0) this.contentByFrame = new Uint32Array(this.frameCount);
    this.forget(this.contentByFrame[frame]);
    this.forget(content);
    this.frameByContent.set(content, frame);
    this.contentByFrame[frame] = content;
  }

  forget(content: number): void {
    const frame = this.frameByContent.get(content);
    if (frame === undefined) return;
    this.frameByContent.delete(content);
    this.contentByFrame[frame] = 0;
  }

  /** Hints last until they are met or their frame is hashed again. */
  endPass(): void {}

  save(): SparseColumn<Uint32Array> {
    return saveSparse(this.contentByFrame);
  }

  load(saved: SparseColumn<Uint32Array>): void {
    this.contentByFrame = expandSparse(saved);
    this.frameByContent.clear();
    this.contentByFrame.forEach((content, frame) => {
      if (content !== 0) this.frameByContent.set(content, frame);
    });
  }
}
