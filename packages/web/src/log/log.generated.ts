// Made of log.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Why a decision was not carried out in full. */
export type ClampCause =
  /** The balloon may not grow so large. */
  | 'ABOVE_CAP'
  /** The guest cannot report free pages. */
  | 'CANNOT_REPORT'
  /** There were not enough pages to take. */
  | 'NOTHING_TO_TAKE'
  /** The host's swap is full. */
  | 'SWAP_FULL'
  /** The VM has ended. */
  | 'VM_GONE';

/** What a policy asks for. */
export type DecisionKind =
  /** That a suspended VM run again. */
  | 'RESUME_VM'
  /** That a VM's balloon grow or shrink to a size. */
  | 'SET_BALLOON_TARGET'
  /** That a guest report free pages, or not. */
  | 'SET_FREE_PAGE_REPORTING'
  /** That a VM hold at most a number of frames. */
  | 'SET_MEMORY_LIMIT'
  /** That the sharing scanner look at a number of pages. */
  | 'SHARE_PAGES'
  /** That the hypervisor take pages of a VM. */
  | 'STEAL_PAGES'
  /** That a VM not run for now. */
  | 'SUSPEND_VM';

/** A group of event types. */
export type EventFamily =
  /** Balloon targets, pinned and unpinned pages. */
  | 'BALLOON'
  /** Pages compressed into memory instead of being swapped out. */
  | 'COMPRESSION'
  /** Disks and swap devices. */
  | 'DEVICE'
  /** A guest operating system and its own disk. */
  | 'GUEST_PAGING'
  /** Entries of real map tables, frames and their zeroing. */
  | 'HOST_MAPPING'
  /** The host's swap device. */
  | 'HOST_SWAP'
  /** Large mappings of 512 pages, made and shattered. */
  | 'LARGE_PAGES'
  /** Host, VMs and processes: switched on, refused, ended. */
  | 'LIFE'
  /** Entries of guest page tables and the misses that make them. */
  | 'MAPPING'
  /** Memory states, decisions and the figures behind them. */
  | 'POLICY'
  /** The run itself: its beginning, its end, commands from outside. */
  | 'RUN'
  /** Measures taken at a period. */
  | 'SAMPLE'
  /** Pages of equal content: images, shared frames, copies at a write. */
  | 'SHARING'
  /** Pages taken without the guest's help. */
  | 'STEAL'
  /** Control passing from a VM to the hypervisor. */
  | 'TRAP';

/** Which events; all that is given must hold. Bounds are included. */
export type EventFilter = {
  /** Of one of these families, a set as `types` is. */
  readonly families?: ReadonlyArray<EventFamily> | null | undefined;
  /** From this position on. */
  readonly fromPosition?: string | null | undefined;
  /** From this simulated time on, in ns. */
  readonly fromTimeNs?: string | null | undefined;
  /** That name this physical page. */
  readonly physicalPage?: number | null | undefined;
  /** Of this process of the VM. */
  readonly process?: number | null | undefined;
  /** That name this real page; needs `vm`. */
  readonly realPage?: number | null | undefined;
  /** Up to this position. */
  readonly toPosition?: string | null | undefined;
  /** Up to this simulated time, in ns. */
  readonly toTimeNs?: string | null | undefined;
  /** Of one of these types, which are a set: one that is given twice counts once, an empty list matches no event. */
  readonly types?: ReadonlyArray<EventTypeName> | null | undefined;
  /** That name this virtual page; needs `vm` and `process`. */
  readonly virtualPage?: number | null | undefined;
  /** Of this VM; 0 for events of the host. */
  readonly vm?: number | null | undefined;
};

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

/** What a number in an event means. */
export type FieldKind =
  /** One of a few alternatives; `shown` names it. */
  | 'CHOICE'
  /** What a page holds: 0 is zeros, anything else names one write. */
  | 'CONTENT'
  /** A number of things. */
  | 'COUNT'
  /** One past the last page of a range. */
  | 'END_PAGE'
  /** A number in the unit that the field's description names. */
  | 'FIGURE'
  /** Simulated nanoseconds. */
  | 'NS'
  /** A number of pages of 4 KiB. */
  | 'PAGES'
  /** Number of a page of host memory. */
  | 'PHYSICAL_PAGE'
  /** Number of a page of the memory that a VM believes it has. */
  | 'REAL_PAGE'
  /** A place in the host's swap. */
  | 'SLOT'
  /** A text; `shown` has it. */
  | 'TEXT'
  /** Number of a page of a process's address space. */
  | 'VIRTUAL_PAGE';

/** The direction of a list. */
export type SortDirection =
  /** The smallest or oldest first. */
  | 'ASCENDING'
  /** The largest or newest first. */
  | 'DESCENDING';

export type EventRowsQueryVariables = Exact<{
  run: string;
  first: number;
  skip?: number;
  direction?: SortDirection;
  filter?: EventFilter | null | undefined;
}>;


export type EventRowsQuery = { readonly run: { readonly events: { readonly nodes: ReadonlyArray<{ readonly position: string, readonly timeNs: string, readonly type: EventTypeName, readonly vm: number | null, readonly process: number | null, readonly decision: number | null, readonly fields: ReadonlyArray<{ readonly name: string, readonly kind: FieldKind, readonly value: string | null, readonly shown: string }> }> } } | null };

export type EventTotalsQueryVariables = Exact<{
  run: string;
  direction: SortDirection;
  filter?: EventFilter | null | undefined;
}>;


export type EventTotalsQuery = { readonly run: { readonly eventTotal: { readonly count: string, readonly countedTo: string, readonly isComplete: boolean, readonly marks: ReadonlyArray<{ readonly before: string, readonly position: string }> } } | null };

export type DecisionRowsQueryVariables = Exact<{
  run: string;
  first: number;
  after?: string | null | undefined;
  vm?: number | null | undefined;
}>;


export type DecisionRowsQuery = { readonly run: { readonly decisions: { readonly nodes: ReadonlyArray<{ readonly decision: number, readonly position: string, readonly timeNs: string, readonly kind: DecisionKind, readonly vm: number | null, readonly reason: string, readonly requestedPages: string, readonly donePages: string | null, readonly clampCause: ClampCause | null, readonly figures: ReadonlyArray<{ readonly vm: number | null, readonly figure: string, readonly value: number }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type EventCountsQueryVariables = Exact<{
  run: string;
}>;


export type EventCountsQuery = { readonly run: { readonly summary: { readonly events: ReadonlyArray<{ readonly type: EventTypeName, readonly count: string }> } | null } | null, readonly eventTypes: ReadonlyArray<{ readonly type: EventTypeName, readonly name: string, readonly family: EventFamily, readonly description: string }> };

export type EventDetailsQueryVariables = Exact<{
  run: string;
  position: string;
}>;


export type EventDetailsQuery = { readonly run: { readonly events: { readonly nodes: ReadonlyArray<{ readonly position: string, readonly timeNs: string, readonly type: EventTypeName, readonly family: EventFamily, readonly sentence: string, readonly vm: number | null, readonly process: number | null, readonly fields: ReadonlyArray<{ readonly name: string, readonly kind: FieldKind, readonly value: string | null, readonly shown: string, readonly description: string, readonly virtualPageName: string | null }>, readonly decided: { readonly decision: number, readonly position: string, readonly kind: DecisionKind, readonly vm: number | null, readonly reason: string, readonly requestedPages: string, readonly donePages: string | null, readonly clampCause: ClampCause | null, readonly figures: ReadonlyArray<{ readonly vm: number | null, readonly figure: string, readonly value: number }> } | null }> } } | null };

export const EventRows: Document<EventRowsQuery, EventRowsQueryVariables> = { name: "EventRows", operation: "query", text: "query EventRows($run: ID!, $first: Int!, $skip: Int! = 0, $direction: SortDirection! = ASCENDING, $filter: EventFilter) {\n  run(id: $run) {\n    events(first: $first, skip: $skip, direction: $direction, filter: $filter) {\n      nodes {\n        position\n        timeNs\n        type\n        vm\n        process\n        decision\n        fields {\n          name\n          kind\n          value\n          shown\n        }\n      }\n    }\n  }\n}" };

export const EventTotals: Document<EventTotalsQuery, EventTotalsQueryVariables> = { name: "EventTotals", operation: "query", text: "query EventTotals($run: ID!, $direction: SortDirection!, $filter: EventFilter) {\n  run(id: $run) {\n    eventTotal(direction: $direction, filter: $filter) {\n      count\n      countedTo\n      isComplete\n      marks {\n        before\n        position\n      }\n    }\n  }\n}" };

export const DecisionRows: Document<DecisionRowsQuery, DecisionRowsQueryVariables> = { name: "DecisionRows", operation: "query", text: "query DecisionRows($run: ID!, $first: Int!, $after: String, $vm: Int) {\n  run(id: $run) {\n    decisions(first: $first, after: $after, vm: $vm) {\n      nodes {\n        decision\n        position\n        timeNs\n        kind\n        vm\n        reason\n        requestedPages\n        donePages\n        clampCause\n        figures {\n          vm\n          figure\n          value\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}" };

export const EventCounts: Document<EventCountsQuery, EventCountsQueryVariables> = { name: "EventCounts", operation: "query", text: "query EventCounts($run: ID!) {\n  run(id: $run) {\n    summary {\n      events {\n        type\n        count\n      }\n    }\n  }\n  eventTypes {\n    type\n    name\n    family\n    description\n  }\n}" };

export const EventDetails: Document<EventDetailsQuery, EventDetailsQueryVariables> = { name: "EventDetails", operation: "query", text: "query EventDetails($run: ID!, $position: BigInt!) {\n  run(id: $run) {\n    events(first: 1, filter: { fromPosition: $position, toPosition: $position }) {\n      nodes {\n        position\n        timeNs\n        type\n        family\n        sentence\n        vm\n        process\n        fields {\n          name\n          kind\n          value\n          shown\n          description\n          virtualPageName\n        }\n        decided {\n          decision\n          position\n          kind\n          vm\n          reason\n          requestedPages\n          donePages\n          clampCause\n          figures {\n            vm\n            figure\n            value\n          }\n        }\n      }\n    }\n  }\n}" };
