import { RealUse, type VmTables } from "../../../memory/index.ts";
import type { ReportingSpec } from "../../../scenario/index.ts";
import { NEVER } from "../../structures/never.ts";
import { FreeBlocks, type FreeBlocksState } from "./free-blocks.ts";

export type FreePageReportingState = { readonly spec: ReportingSpec; readonly blocks: FreeBlocksState };

/** A guest's side of free page reporting while it is on: what it has to report, and when. */
export class FreePageReporting {
  readonly spec: ReportingSpec;
  private readonly blocks: FreeBlocks;

  constructor(spec: ReportingSpec, pages: number) {
    this.spec = spec;
    this.blocks = new FreeBlocks(pages, spec.order);
  }

  /** Switched on for a guest as it is: what is free already is as if it had come free now. The kernel's pages never are. */
  static begin(spec: ReportingSpec, memory: VmTables, kernelPages: number, nowNs: number): FreePageReporting {
    const reporting = new FreePageReporting(spec, memory.configuredPages);
    for (let page = kernelPages; page < memory.configuredPages; page++) {
      if (memory.use[page] === RealUse.Free) reporting.blocks.freed(page, nowNs);
    }
    return reporting;
  }

  static restore({ spec, blocks }: FreePageReportingState, pages: number): FreePageReporting {
    const reporting = new FreePageReporting(spec, pages);
    reporting.blocks.load(blocks);
    return reporting;
  }

  get pagesPerBlock(): number {
    return this.blocks.pagesPerBlock;
  }

  /** When a block will have been free for long enough; NEVER if none is free that has not been reported. */
  get nextNs(): number {
    const oldestNs = this.blocks.oldestNs();
    return oldestNs === NEVER ? NEVER : oldestNs + this.spec.delayNs;
  }

  /** The guest uses a page from now on. */
  taken(page: number): void {
    this.blocks.taken(page);
  }

  freed(page: number, nowNs: number): void {
    this.blocks.freed(page, nowNs);
  }

  /** First page of a block that has been free for long enough by now, to be reported; NOTHING_DUE if none has. */
  takeDue(nowNs: number): number {
    return this.nextNs <= nowNs ? this.blocks.takeOldest() * this.pagesPerBlock : NOTHING_DUE;
  }

  save(): FreePageReportingState {
    return { spec: this.spec, blocks: this.blocks.save() };
  }
}

export const NOTHING_DUE = -1;
