// Made of click.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** The name of an event type. New ones may appear: treat an unknown one as an event that you do not show. */
export type EventTypeName =
  /** A sampling period of a VM ended: how many of the real pages chosen at random were touched in it. */
  | 'ACTIVE_SAMPLED'
  /** The hypervisor read and cleared the accessed bits of a VM's real map table, and pages left alone grew older. */
  | 'AGE_SCANNED'
  /** A guest's background reclaim has reached its high mark, or found nothing more to give up. */
  | 'BACKGROUND_RECLAIM_ENDED'
  /** So few pages of a guest are free that it begins to give up others in the background. */
  | 'BACKGROUND_RECLAIM_STARTED'
  /** The guest gave its balloon driver no further page; the driver tries again later. */
  | 'BALLOON_ALLOCATION_REFUSED'
  /** At one poll, or in one batch, the balloon shrank by this many pages. */
  | 'BALLOON_DEFLATED'
  /** A guest was about to run out of memory, so its balloon gave pages back, whatever the target. */
  | 'BALLOON_DEFLATED_ON_OOM'
  /** At one poll, or in one batch, the balloon grew by this many pages. */
  | 'BALLOON_INFLATED'
  /** The driver holds a real page that no process may use now. */
  | 'BALLOON_PAGE_PINNED'
  /** The driver gave a real page back to the guest; it has no frame until it is touched. */
  | 'BALLOON_PAGE_UNPINNED'
  /** A page in the balloon was touched by mistake: it leaves the balloon and gets a zeroed frame. */
  | 'BALLOON_POPPED'
  /** A balloon driver found a target other than its size. */
  | 'BALLOON_TARGET_LEARNED'
  /** The hypervisor set a VM's balloon target; the driver reads it at its next poll, or is notified immediately. */
  | 'BALLOON_TARGET_SET'
  /** A command from outside reached the simulation between two of its actions. */
  | 'COMMAND_ACCEPTED'
  /** The cache was full: the page that was compressed longest ago leaves it for the host's swap. */
  | 'COMPRESSED_PAGE_EVICTED'
  /** A compressed page is not needed any more: the VM gave the page up or ended. */
  | 'COMPRESSED_PAGE_FREED'
  /** The hypervisor took a frame for a VM's compression cache. */
  | 'COMPRESSION_CACHE_GROWN'
  /** A VM's compression cache gave a frame back; it is free and not yet zeroed. */
  | 'COMPRESSION_CACHE_SHRUNK'
  /** A decision could not be carried out in full. */
  | 'DECISION_CLAMPED'
  /** How long a device works, or requests queue, for all requests that it was given so far; at the sampling period, if it changed. VM 0: the host's swap device. */
  | 'DEVICE_SAMPLED'
  /** A process needed a page when no more than the guest's min mark was free: it gave one up itself, and waited. */
  | 'DIRECTLY_RECLAIMED'
  /** The guest fills with zeros a real page whose old content the hypervisor has just swapped in, for nothing. */
  | 'FALSE_SWAP_READ'
  /** A file can be read through the guest's page cache, whose pages of it have a table and a number as those of a process. */
  | 'FILE_OPENED'
  /** The request that read a missing page of a file has read these pages behind it too. */
  | 'FILE_READ_AHEAD'
  /** The hypervisor put a frame behind a real page in the real map table. */
  | 'FRAME_MAPPED'
  /** The frame behind a real page became a shared one: stores to it trap, and others may be backed by it too. */
  | 'FRAME_SHARED'
  /** A VM needed a frame when none was free; the policy was asked. */
  | 'FRAME_SHORTAGE'
  /** The hypervisor took a real map entry away; the frame is free and not yet zeroed. */
  | 'FRAME_UNMAPPED'
  /** The one page that a shared frame still backs is stored to: the frame is that page's own again, without a copy. */
  | 'FRAME_UNSHARED'
  /** A free frame was overwritten with zeros before this VM gets it. */
  | 'FRAME_ZEROED'
  /** A guest reported blocks of pages that it uses for nothing, and the hypervisor took their frames. */
  | 'FREE_PAGES_REPORTED'
  /** A guest OS has no real page left that it could give to the access. */
  | 'GUEST_OUT_OF_MEMORY'
  /** A real page without a frame was needed: the host fault. Minor if nothing of it is kept, major if it must be swapped in, compressed if it is in the compression cache, swap cache if it was read ahead from the host's swap. */
  | 'HOST_FAULTED'
  /** The host was switched on with this much memory, all of it free and zeroed. */
  | 'HOST_STARTED'
  /** The hypervisor read and cleared the accessed bits of a VM's real map table. */
  | 'IDLE_SCANNED'
  /** A process's file pages are those of an image: the common ones hold at first what every process of that image has there. */
  | 'IMAGE_ATTACHED'
  /** A guest OS keeps real pages for itself; they are never replaced. */
  | 'KERNEL_PAGES_PINNED'
  /** The hypervisor mapped 512 real pages to 512 contiguous frames with one entry of the real map table. */
  | 'LARGE_PAGE_MAPPED'
  /** The one entry of 512 real pages was replaced by 512 of their own; each keeps its frame. */
  | 'LARGE_PAGE_SHATTERED'
  /** A page left on the guest's disk is not needed any more: the VM gave it up, overwrites it whole, or ended. */
  | 'MAPPED_BLOCK_FORGOTTEN'
  /** From now on a VM may hold this many frames at most. */
  | 'MEMORY_LIMIT_SET'
  /** The host's free memory crossed a threshold. */
  | 'MEMORY_STATE_CHANGED'
  /** The hypervisor gave overhead frames back when a VM ended; they are free and not yet zeroed. */
  | 'OVERHEAD_RELEASED'
  /** The hypervisor took frames for its own use, on behalf of a VM or of the host. */
  | 'OVERHEAD_RESERVED'
  /** A stolen page compressed well enough to stay in memory, in the VM's compression cache. */
  | 'PAGE_COMPRESSED'
  /** A touched page left the compression cache; a frame follows. */
  | 'PAGE_DECOMPRESSED'
  /** The guest dropped a clean page: its disk has the same content, or it was never written. */
  | 'PAGE_DROPPED'
  /** An access found its page; recorded only if the scenario asks for hits. */
  | 'PAGE_HIT'
  /** The operating system put a real page behind a virtual page in the page table. */
  | 'PAGE_MAPPED'
  /** A page table had no valid entry: the guest fault. Major if the page must be read from the guest's disk. */
  | 'PAGE_MISSED'
  /** The guest read a page from its own disk. */
  | 'PAGE_PAGED_IN'
  /** The guest wrote a dirty page to its own disk. */
  | 'PAGE_PAGED_OUT'
  /** The hypervisor read a page that it had left on the guest's disk back from there. */
  | 'PAGE_READ_BY_MAPPER'
  /** A real page got a shared frame of equal content instead of its own, which is free and not yet zeroed. */
  | 'PAGE_SHARED'
  /** The hypervisor chose a page of a VM and takes it without the guest's help. */
  | 'PAGE_STOLEN'
  /** The hypervisor read a page back from the host's swap; the slot is free again. */
  | 'PAGE_SWAPPED_IN'
  /** The hypervisor wrote a page to the host's swap. */
  | 'PAGE_SWAPPED_OUT'
  /** The operating system took a page-table entry away; the real page is free in its VM. */
  | 'PAGE_UNMAPPED'
  /** The hypervisor does not write a stolen page to its swap: it knows the block of the guest's disk that holds the same. */
  | 'PAGE_UNMAPPED_BY_MAPPER'
  /** The policy asked for something, with its reason. */
  | 'POLICY_DECIDED'
  /** A figure that a decision rests on. */
  | 'POLICY_FIGURE_SEEN'
  /** A process has done all its work; it keeps its pages, unless it exits. */
  | 'PROCESS_FINISHED'
  /** A process was created with an empty page table. */
  | 'PROCESS_STARTED'
  /** A page came back so soon after its eviction that the guest counts it as part of the working set: it is active immediately. */
  | 'REFAULT_ACTIVATED'
  /** Why the VM was refused: the first resource that cannot give what it needs. Commitment is the sum of configured and overhead pages that may be admitted, memory and swap what is not reserved yet, frames those free now. */
  | 'RESOURCE_LACKED'
  /** The run reached its end. */
  | 'RUN_COMPLETED'
  /** The run cannot continue. */
  | 'RUN_FAILED'
  /** A run began with this scenario, policy and seed. */
  | 'RUN_STARTED'
  /** The value of a measure that other events do not give, at the sampling period. */
  | 'SAMPLED'
  /** A command of the scenario's script could not be carried out, because of what had become of its VM or process. */
  | 'SCRIPTED_COMMAND_SKIPPED'
  /** The hypervisor took a real map entry to a shared frame away; the frame is free, not yet zeroed, if it backs no other page. */
  | 'SHARED_FRAME_UNMAPPED'
  /** Copy-on-write: before a store, a page that others share was copied into a free frame, which is the page's own. */
  | 'SHARED_PAGE_COPIED'
  /** The hypervisor looked through pages of a VM for content that others have too. */
  | 'SHARING_SCANNED'
  /** What the hypervisor wrote to its swap just before, the guest's disk has too: the page is an unmodified copy of a block. */
  | 'SILENT_SWAP_WRITE'
  /** The guest reads its disk into a real page whose old content the hypervisor has just swapped in, for nothing. */
  | 'STALE_SWAP_READ'
  /** A touched page is in the swap cache; its frame leaves the cache for the page. */
  | 'SWAP_CACHE_HIT'
  /** A page left the swap cache untouched, for its frame or because it is not needed any more: it was read in vain. */
  | 'SWAP_CACHE_PAGE_DROPPED'
  /** The request that served a major host fault read pages around it ahead, too; each of them follows. */
  | 'SWAP_CLUSTER_READ'
  /** The pages of this VM that were swapped out just before, to places that follow each other, were written by one request. */
  | 'SWAP_CLUSTER_WRITTEN'
  /** A swapped page of this VM was read ahead into a free frame: it is in the swap cache, and keeps its slot. */
  | 'SWAP_PAGE_READ_AHEAD'
  /** A page's copy in the host's swap is not needed any more: the VM gave the page up or ended. */
  | 'SWAP_SLOT_FREED'
  /** Control passed from a VM to the hypervisor. */
  | 'TRAPPED'
  /** Admission control accepted a VM. */
  | 'VM_ADMITTED'
  /** Every process of a VM has done its work; the VM stays on, idle. */
  | 'VM_FINISHED'
  /** Admission control refused a VM: it does not fit. */
  | 'VM_REFUSED'
  /** A VM that was suspended was resumed, or ended. */
  | 'VM_RESUMED'
  /** A VM (or, under one-level mapping, the native operating system) was switched on. */
  | 'VM_STARTED'
  /** A VM makes no accesses until it is resumed; its balloon driver still polls. */
  | 'VM_SUSPENDED'
  /** A VM was switched off, because memory ran out or a user stopped it; its frames and its host swap are free again. */
  | 'VM_TERMINATED';

/** Whose a frame is. */
export type FrameOwner =
  /** It has no owner. */
  | 'FREE'
  /** The hypervisor's own. */
  | 'HYPERVISOR'
  /** It stands behind real pages of equal content, of one VM or several. */
  | 'SHARED'
  /** It stands behind a real page of a VM. */
  | 'VM';

/** What a guest operating system uses a real page for. */
export type RealUse =
  /** The balloon driver holds it, so that no process may use it. */
  | 'BALLOON'
  /** For nothing. */
  | 'FREE'
  /** The guest's kernel keeps it. */
  | 'KERNEL'
  /** It stands behind a virtual page of a process. */
  | 'PROCESS';

export type ClickedFrameQueryVariables = Exact<{
  run: string;
  position: string;
  frame: number;
}>;


export type ClickedFrameQuery = { readonly run: { readonly at: { readonly frame: { readonly owner: FrameOwner, readonly vm: number | null, readonly realPage: number | null, readonly sharers: number } } } | null };

export type ClickedRealPageQueryVariables = Exact<{
  run: string;
  position: string;
  vm: number;
  page: number;
}>;


export type ClickedRealPageQuery = { readonly run: { readonly at: { readonly vm: { readonly name: string } | null, readonly realPage: { readonly use: RealUse, readonly process: number | null, readonly virtualPage: number | null, readonly virtualPageName: string | null } } } | null };

export type TouchEventsQueryVariables = Exact<{
  run: string;
  from: string;
  to: string;
}>;


export type TouchEventsQuery = { readonly run: { readonly events: { readonly nodes: ReadonlyArray<{ readonly position: string, readonly type: EventTypeName, readonly text: string, readonly causes: ReadonlyArray<{ readonly event: { readonly position: string } | null }> }> } } | null };

export const ClickedFrame: Document<ClickedFrameQuery, ClickedFrameQueryVariables> = { name: "ClickedFrame", operation: "query", text: "query ClickedFrame($run: ID!, $position: BigInt!, $frame: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      frame(physicalPage: $frame) {\n        owner\n        vm\n        realPage\n        sharers\n      }\n    }\n  }\n}" };

export const ClickedRealPage: Document<ClickedRealPageQuery, ClickedRealPageQueryVariables> = { name: "ClickedRealPage", operation: "query", text: "query ClickedRealPage($run: ID!, $position: BigInt!, $vm: Int!, $page: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      vm(vm: $vm) {\n        name\n      }\n      realPage(vm: $vm, realPage: $page) {\n        use\n        process\n        virtualPage\n        virtualPageName\n      }\n    }\n  }\n}" };

export const TouchEvents: Document<TouchEventsQuery, TouchEventsQueryVariables> = { name: "TouchEvents", operation: "query", text: "query TouchEvents($run: ID!, $from: BigInt!, $to: BigInt!) {\n  run(id: $run) {\n    events(first: 24, filter: { fromPosition: $from, toPosition: $to }) {\n      nodes {\n        position\n        type\n        text\n        causes(max: 12) {\n          event {\n            position\n          }\n        }\n      }\n    }\n  }\n}" };
