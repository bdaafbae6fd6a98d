import { COMPRESSED_BLOCK_BYTES, type VmTables } from "../../memory/index.ts";
import { PAGE_BYTES } from "../../units/index.ts";
import { IntStack } from "../structures/int-stack.ts";
import { PageList, type PageListState } from "../structures/page-list.ts";

export type CompressionCacheState = { readonly order: PageListState | null; readonly frames: Int32Array };

/** What the hypervisor knows of a VM's compression cache besides the tables: the order of its pages, and its frames. */
export class CompressionCache {
  private readonly memory: VmTables;
  /** Compressed real pages, the one compressed longest ago first. Made when the first page comes. */
  private made: PageList | undefined;
  /** Frames of the cache, the last one taken on top. */
  readonly frames = new IntStack();

  constructor(memory: VmTables) {
    this.memory = memory;
  }

  get order(): PageList {
    this.made ??= new PageList(this.memory.configuredPages);
    return this.made;
  }

  /** Frames that its pages fill if they are packed without gaps, as far as a cache of blocks can know. */
  get neededFrames(): number {
    return framesFor(this.memory.compressedBlocksUsed);
  }

  save(): CompressionCacheState {
    return { order: this.made?.save() ?? null, frames: this.frames.save() };
  }

  load(state: CompressionCacheState): void {
    if (state.order !== null) this.order.load(state.order);
    this.frames.load(state.frames);
  }
}

function framesFor(blocks: number): number {
  return Math.ceil((blocks * COMPRESSED_BLOCK_BYTES) / PAGE_BYTES);
}
